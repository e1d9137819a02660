/*
 * The driver of the virtual USB reader: Debian's vpcd (two slots), opened under the name that pcscd gives a USB device. Everything
 * but the opening is vpcd's own code, which pcscd finds through this library's dependency.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <ifdhandler.h>

/* As in Debian's /etc/reader.conf.d/vpcd: the port that virtual cards connect to. */
static char vpcd_name[] = "/dev/null:0x8C7B";

RESPONSECODE IFDHCreateChannelByName(DWORD lun, LPSTR usb_name) {
  RESPONSECODE (*next)(DWORD, LPSTR) = (RESPONSECODE(*)(DWORD, LPSTR))dlsym(RTLD_NEXT, "IFDHCreateChannelByName");
  return next == 0 ? IFD_COMMUNICATION_ERROR : next(lun, vpcd_name);
}
