"""Measures OpenCV's matchTemplate on picture files, on one thread.

Reads a JSON list of jobs from the file named first ({"frame", "template", "region": [x, y, w, h] or
null}, paths relative to that file) and prints one JSON object: OpenCV's version, and for each job
the median processor time of a search in milliseconds. Pictures are grey before the clock starts.
"""

import json
import os
import statistics
import sys
import time

import cv2

cv2.setNumThreads(1)


def grey(folder, name):
    picture = cv2.imread(os.path.join(folder, name), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        sys.exit(f"{name} can't be read")
    return picture


def search(frame, template):
    start = time.process_time()
    scores = cv2.matchTemplate(frame, template, cv2.TM_CCOEFF_NORMED)
    cv2.minMaxLoc(scores)
    return (time.process_time() - start) * 1000


def main():
    path, repeats = sys.argv[1], int(sys.argv[2])
    folder = os.path.dirname(path)
    with open(path) as file:
        jobs = json.load(file)
    medians = []
    for job in jobs:
        frame, template = grey(folder, job["frame"]), grey(folder, job["template"])
        if job["region"]:
            x, y, width, height = job["region"]
            frame = frame[y : y + height, x : x + width]
        search(frame, template)
        medians.append(statistics.median(search(frame, template) for _ in range(repeats)))
    print(json.dumps({"version": cv2.__version__, "milliseconds": medians}))


main()
