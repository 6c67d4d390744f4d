#pragma once
#include <fcntl.h>
#include <linux/falloc.h>
#include <linux/hidraw.h>
#include <linux/netlink.h>
#include <linux/usbdevice_fs.h>
#include <linux/videodev2.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/statfs.h>
#include <termios.h>

// Request numbers are computed by macros that Swift does not import.
static const unsigned long gantry_VIDIOC_QUERYCAP = VIDIOC_QUERYCAP;
static const unsigned long gantry_VIDIOC_ENUM_FMT = VIDIOC_ENUM_FMT;
static const unsigned long gantry_VIDIOC_ENUM_FRAMESIZES = VIDIOC_ENUM_FRAMESIZES;
static const unsigned long gantry_VIDIOC_ENUM_FRAMEINTERVALS = VIDIOC_ENUM_FRAMEINTERVALS;
static const unsigned long gantry_VIDIOC_G_FMT = VIDIOC_G_FMT;
static const unsigned long gantry_VIDIOC_S_FMT = VIDIOC_S_FMT;
static const unsigned long gantry_VIDIOC_S_PARM = VIDIOC_S_PARM;
static const unsigned long gantry_VIDIOC_REQBUFS = VIDIOC_REQBUFS;
static const unsigned long gantry_VIDIOC_QUERYBUF = VIDIOC_QUERYBUF;
static const unsigned long gantry_VIDIOC_QBUF = VIDIOC_QBUF;
static const unsigned long gantry_VIDIOC_DQBUF = VIDIOC_DQBUF;
static const unsigned long gantry_VIDIOC_STREAMON = VIDIOC_STREAMON;
static const unsigned long gantry_VIDIOC_STREAMOFF = VIDIOC_STREAMOFF;
static const unsigned long gantry_VIDIOC_ENUMINPUT = VIDIOC_ENUMINPUT;
static const unsigned long gantry_VIDIOC_G_INPUT = VIDIOC_G_INPUT;
static const unsigned long gantry_VIDIOC_S_INPUT = VIDIOC_S_INPUT;
static const unsigned long gantry_VIDIOC_G_CTRL = VIDIOC_G_CTRL;
static const unsigned long gantry_VIDIOC_G_DV_TIMINGS = VIDIOC_G_DV_TIMINGS;
static const unsigned long gantry_VIDIOC_S_DV_TIMINGS = VIDIOC_S_DV_TIMINGS;
static const unsigned long gantry_VIDIOC_QUERY_DV_TIMINGS = VIDIOC_QUERY_DV_TIMINGS;
static const unsigned long gantry_VIDIOC_G_EDID = VIDIOC_G_EDID;
static const unsigned long gantry_VIDIOC_S_EDID = VIDIOC_S_EDID;
static const unsigned long gantry_VIDIOC_SUBSCRIBE_EVENT = VIDIOC_SUBSCRIBE_EVENT;
static const unsigned long gantry_VIDIOC_DQEVENT = VIDIOC_DQEVENT;
static const unsigned long gantry_USBDEVFS_RESET = USBDEVFS_RESET;

/// Asks a HID device for a feature report of `length` bytes, the report's number first.
static inline unsigned long gantry_HIDIOCGFEATURE(unsigned int length) {
  return HIDIOCGFEATURE(length);
}

/// Sends a HID device a feature report of `length` bytes, the report's number first.
static inline unsigned long gantry_HIDIOCSFEATURE(unsigned int length) {
  return HIDIOCSFEATURE(length);
}

/// What a DV receiver says of the cable's power: 0 without a cable.
static const uint32_t gantry_CID_DV_RX_POWER_PRESENT = V4L2_CID_DV_RX_POWER_PRESENT;

static const uint32_t gantry_PIX_FMT_YUYV = V4L2_PIX_FMT_YUYV;
static const uint32_t gantry_PIX_FMT_UYVY = V4L2_PIX_FMT_UYVY;
static const uint32_t gantry_PIX_FMT_NV12 = V4L2_PIX_FMT_NV12;
static const uint32_t gantry_PIX_FMT_RGB24 = V4L2_PIX_FMT_RGB24;
static const uint32_t gantry_PIX_FMT_BGR24 = V4L2_PIX_FMT_BGR24;
static const uint32_t gantry_PIX_FMT_MJPEG = V4L2_PIX_FMT_MJPEG;
static const uint32_t gantry_PIX_FMT_JPEG = V4L2_PIX_FMT_JPEG;

/// Whether the numbers of a format stand for the whole span of a byte.
static inline int gantry_is_full_range(const struct v4l2_pix_format *format) {
  int is_rgb = format->pixelformat == V4L2_PIX_FMT_RGB24 || format->pixelformat == V4L2_PIX_FMT_BGR24;
  unsigned int quantization = format->quantization;
  if (quantization == V4L2_QUANTIZATION_DEFAULT) {
    quantization = V4L2_MAP_QUANTIZATION_DEFAULT(is_rgb, format->colorspace, format->ycbcr_enc);
  }
  return quantization == V4L2_QUANTIZATION_FULL_RANGE;
}

/// Whether the chroma of a format is made with the weights of ITU-R BT.709.
static inline int gantry_is_bt709(const struct v4l2_pix_format *format) {
  unsigned int encoding = format->ycbcr_enc;
  if (encoding == V4L2_YCBCR_ENC_DEFAULT) {
    encoding = V4L2_MAP_YCBCR_ENC_DEFAULT(format->colorspace);
  }
  return encoding == V4L2_YCBCR_ENC_709 || encoding == V4L2_YCBCR_ENC_XV709;
}

/// Frames a second that timings come to; 0 where they are no timings.
static inline double gantry_frame_rate(const struct v4l2_bt_timings *timings) {
  double area = (double)V4L2_DV_BT_FRAME_WIDTH(timings) * (double)V4L2_DV_BT_FRAME_HEIGHT(timings);
  return area > 0 ? (double)timings->pixelclock / area : 0;
}

/// A session of its own for a child, so that no terminal and no group of processes ends it:
/// POSIX_SPAWN_SETSID, which glibc shows only to those who define _GNU_SOURCE.
static const short gantry_POSIX_SPAWN_SETSID = 0x80;

/// Closes all descriptors of a child from a number on; glibc shows it to _GNU_SOURCE only.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// Sets room on the disk aside for a file, fallocate(2); glibc shows it to _GNU_SOURCE only.
extern int fallocate(int file, int mode, off_t offset, off_t length);

/// Makes a pipe, pipe(2); glibc shows it to _GNU_SOURCE only.
extern int pipe2(int ends[2], int flags);
