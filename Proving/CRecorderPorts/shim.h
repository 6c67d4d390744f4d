#pragma once
#include <errno.h>
#include <glob.h>
#include <linux/input.h>
#include <linux/videodev2.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

// Request numbers are computed by macros that Swift does not import.
static const unsigned long ports_EVIOCSCLOCKID = EVIOCSCLOCKID;
static const unsigned long ports_VIDIOC_S_FMT = VIDIOC_S_FMT;
static const unsigned long ports_VIDIOC_REQBUFS = VIDIOC_REQBUFS;
static const unsigned long ports_VIDIOC_QUERYBUF = VIDIOC_QUERYBUF;
static const unsigned long ports_VIDIOC_QBUF = VIDIOC_QBUF;
static const unsigned long ports_VIDIOC_DQBUF = VIDIOC_DQBUF;
static const unsigned long ports_VIDIOC_STREAMON = VIDIOC_STREAMON;
static const unsigned long ports_VIDIOC_STREAMOFF = VIDIOC_STREAMOFF;
static const unsigned long ports_VIDIOC_S_CTRL = VIDIOC_S_CTRL;
static const uint32_t ports_PIX_FMT_NV12 = V4L2_PIX_FMT_NV12;

/// Sets the timings of a video output to those with a size and a whole number of frames a second.
/// Returns 0, or the number of an error. (The structures are packed; Swift does not take them.)
static inline int ports_set_timings(int device, uint32_t width, uint32_t height, uint32_t rate) {
  struct v4l2_enum_dv_timings entry;
  for (uint32_t index = 0;; index++) {
    memset(&entry, 0, sizeof entry);
    entry.index = index;
    if (ioctl(device, VIDIOC_ENUM_DV_TIMINGS, &entry) < 0) return errno;
    const struct v4l2_bt_timings *bt = &entry.timings.bt;
    if (bt->width != width || bt->height != height || bt->interlaced) continue;
    uint64_t area = (uint64_t)V4L2_DV_BT_FRAME_WIDTH(bt) * V4L2_DV_BT_FRAME_HEIGHT(bt);
    if (area == 0 || (bt->pixelclock + area / 2) / area != rate) continue;
    return ioctl(device, VIDIOC_S_DV_TIMINGS, &entry.timings) < 0 ? errno : 0;
  }
}

/// The place of an entry in a control's menu; -1 where there is none of that name.
static inline int ports_menu_index(int device, uint32_t control, const char *name) {
  struct v4l2_queryctrl query;
  memset(&query, 0, sizeof query);
  query.id = control;
  if (ioctl(device, VIDIOC_QUERYCTRL, &query) < 0) return -1;
  for (int32_t index = query.minimum; index <= query.maximum; index++) {
    struct v4l2_querymenu entry;
    memset(&entry, 0, sizeof entry);
    entry.id = control;
    entry.index = (uint32_t)index;
    if (ioctl(device, VIDIOC_QUERYMENU, &entry) < 0) continue;
    if (strcmp((const char *)entry.name, name) == 0) return index;
  }
  return -1;
}
