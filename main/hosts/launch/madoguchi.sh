#!/bin/sh
# Starts the packaged kiosk: the launcher on the Node inside, which starts the core and the Electron screen. Arguments as `npm run kiosk`.
here=$(dirname "$(readlink -f "$0")")
unset NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_PATH NODE_TLS_REJECT_UNAUTHORIZED NODE_V8_COVERAGE SSLKEYLOGFILE OPENSSL_CONF
exec "$here/resources/node/node" --disable-sigusr1 "$here/resources/kiosk/main/hosts/launch/launch.js" --host electron "$@"
