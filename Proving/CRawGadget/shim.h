#pragma once
#include <linux/usb/raw_gadget.h>
#include <string.h>
#include <sys/ioctl.h>

// The kernel's raw gadget (Documentation/usb/raw-gadget.rst). Its structures end in arrays without
// a length, and its request numbers are computed by macros; Swift imports neither.

/// The bytes that one exchange can carry.
enum { raw_room = 4096 };

struct raw_exchange {
  struct usb_raw_ep_io head;
  unsigned char bytes[raw_room];
};

/// Plugs a device into a device controller; -1 with errno where that can't be done.
static inline int raw_plug(int gadget, const char *driver, const char *controller) {
  struct usb_raw_init init;
  memset(&init, 0, sizeof init);
  strncpy((char *)init.driver_name, driver, sizeof init.driver_name - 1);
  strncpy((char *)init.device_name, controller, sizeof init.device_name - 1);
  init.speed = USB_SPEED_HIGH;
  if (ioctl(gadget, USB_RAW_IOCTL_INIT, &init) < 0) return -1;
  return ioctl(gadget, USB_RAW_IOCTL_RUN, 0);
}

/// Waits for a request on the control pipe; -1 with errno where there is none, 0 for another event.
static inline int raw_wait_for_request(int gadget, struct usb_ctrlrequest *request) {
  struct {
    struct usb_raw_event head;
    struct usb_ctrlrequest request;
  } event;
  memset(&event, 0, sizeof event);
  event.head.length = sizeof event.request;
  if (ioctl(gadget, USB_RAW_IOCTL_EVENT_FETCH, &event) < 0) return -1;
  *request = event.request;
  return event.head.type == USB_RAW_EVENT_CONTROL;
}

/// Answers a request with bytes.
static inline int raw_reply(int gadget, const unsigned char *bytes, unsigned int count) {
  struct raw_exchange exchange;
  memset(&exchange.head, 0, sizeof exchange.head);
  exchange.head.length = count;
  memcpy(exchange.bytes, bytes, count);
  return ioctl(gadget, USB_RAW_IOCTL_EP0_WRITE, &exchange);
}

/// Takes the bytes of a request, or agrees to one without any.
static inline int raw_accept(int gadget, unsigned char *bytes, unsigned int count) {
  struct raw_exchange exchange;
  memset(&exchange.head, 0, sizeof exchange.head);
  exchange.head.length = count;
  int taken = ioctl(gadget, USB_RAW_IOCTL_EP0_READ, &exchange);
  if (taken > 0) memcpy(bytes, exchange.bytes, taken);
  return taken;
}

/// Refuses a request.
static inline int raw_refuse(int gadget) { return ioctl(gadget, USB_RAW_IOCTL_EP0_STALL, 0); }

/// Brings the one endpoint to life; returns its handle.
static inline int raw_enable_bulk_in(int gadget, unsigned char address, unsigned short packet) {
  struct usb_endpoint_descriptor endpoint;
  memset(&endpoint, 0, sizeof endpoint);
  endpoint.bLength = USB_DT_ENDPOINT_SIZE;
  endpoint.bDescriptorType = USB_DT_ENDPOINT;
  endpoint.bEndpointAddress = address;
  endpoint.bmAttributes = USB_ENDPOINT_XFER_BULK;
  endpoint.wMaxPacketSize = packet;
  return ioctl(gadget, USB_RAW_IOCTL_EP_ENABLE, &endpoint);
}

/// Tells the kernel that the device is configured and takes so many milliamperes, halved.
static inline int raw_configured(int gadget, unsigned int power) {
  if (ioctl(gadget, USB_RAW_IOCTL_VBUS_DRAW, power) < 0) return -1;
  return ioctl(gadget, USB_RAW_IOCTL_CONFIGURE, 0);
}

/// Sends bytes through an endpoint, and returns when the host has taken them.
static inline int raw_send(int gadget, int endpoint, const unsigned char *bytes, unsigned int count) {
  struct raw_exchange exchange;
  exchange.head.ep = (unsigned short)endpoint;
  exchange.head.flags = USB_RAW_IO_FLAGS_ZERO;
  exchange.head.length = count;
  memcpy(exchange.bytes, bytes, count);
  return ioctl(gadget, USB_RAW_IOCTL_EP_WRITE, &exchange);
}
