/*
 * What pcscd asks of libudev, answered for one virtual USB reader instead of the machine's devices. Loaded before the real libudev
 * (LD_PRELOAD) into a test's own pcscd only. One byte written to the pipe MADOGUCHI_USB_EVENTS plugs the reader in ('a') or out ('r');
 * from there on everything is pcscd's own hotplug code, down to what its clients see.
 * The 21 functions are those that pcscd 1.9.9 imports (nm -D). Devices are told apart by address, none is ever freed.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct device {
  const char *action;
};

static struct device interface_added = {"add"};
static struct device interface_removed = {"remove"};
static struct device usb_device = {NULL};
static int events = -1;
static char handle;

void *udev_new(void) { return &handle; }
void *udev_unref(void *udev) { return NULL; }

/* At start there is no reader: enumeration finds nothing. */
void *udev_enumerate_new(void *udev) { return &handle; }
void *udev_enumerate_unref(void *list) { return NULL; }
int udev_enumerate_add_match_subsystem(void *list, const char *subsystem) { return 0; }
int udev_enumerate_scan_devices(void *list) { return 0; }
void *udev_enumerate_get_list_entry(void *list) { return NULL; }
void *udev_list_entry_get_next(void *entry) { return NULL; }
const char *udev_list_entry_get_name(void *entry) { return NULL; }
void *udev_device_new_from_syspath(void *udev, const char *path) { return NULL; }

void *udev_monitor_new_from_netlink(void *udev, const char *name) {
  const char *path = getenv("MADOGUCHI_USB_EVENTS");
  /* Read and write: a pipe without a writer would be readable for ever. */
  events = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);
  return events < 0 ? NULL : &handle;
}
int udev_monitor_filter_add_match_subsystem_devtype(void *monitor, const char *subsystem, const char *type) { return 0; }
int udev_monitor_enable_receiving(void *monitor) { return 0; }
int udev_monitor_get_fd(void *monitor) { return events; }
void *udev_monitor_receive_device(void *monitor) {
  char event = 0;
  if (read(events, &event, 1) != 1) return NULL;
  return event == 'a' ? &interface_added : &interface_removed;
}

void *udev_device_unref(void *device) { return NULL; }
const char *udev_device_get_action(struct device *device) { return device->action; }
const char *udev_device_get_sysname(void *device) { return "1-1:1.0"; }
const char *udev_device_get_devnode(void *device) { return "/dev/bus/usb/001/002"; }
void *udev_device_get_parent_with_subsystem_devtype(void *device, const char *subsystem, const char *type) { return &usb_device; }
const char *udev_device_get_sysattr_value(void *device, const char *name) {
  if (strcmp(name, "idVendor") == 0) return "1209"; /* pid.codes: for tests */
  if (strcmp(name, "idProduct") == 0) return "0001";
  if (strcmp(name, "bInterfaceNumber") == 0) return "00";
  return NULL;
}
