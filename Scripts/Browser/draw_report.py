"""Draws the picture of a report that README shows, from a run that fails.

usage: draw_report.py GANTRY FILE.jpg
"""

import glob
import subprocess
import sys
import tempfile

from chromium import Page

gantry, file = sys.argv[1:3]
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [gantry, "run", "Scenarios/password-reset.yaml", "--rig", "Rigs/virtual.yaml",
         "--unattended", "--out", folder, "--set", "virtual.defects=[refuses-right-confirmation]"],
        stdout=subprocess.DEVNULL, check=False, timeout=600,
    )
    with Page(1000, 1240, dark=False, scale=0.72) as page:
        page.open(glob.glob(f"{folder}/*/report.html")[0])
        page.wait("document.readyState === 'complete'")
        page.keep(file, whole=False)
