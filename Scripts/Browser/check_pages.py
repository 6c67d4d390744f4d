"""Opens the pages of runs as people do, and holds what they show and do against what is meant.

usage: check_pages.py GANTRY FOLDER [--keep]

Plays runs with GANTRY into FOLDER; with --keep, pictures of all pages are kept there.
"""

import glob
import json
import os
import subprocess
import sys
import urllib.parse

from chromium import Page

SIZES = [(1280, 900), (420, 800)]
FIRMWARE = "8.1.0@sha256:" + "a" * 64


def play(gantry, folder, name, *options):
    """Plays a filmed run; its folder."""
    out = f"{folder}/{name}"
    subprocess.run(
        [gantry, "run", "Scenarios/log-in.yaml", "--rig", "Rigs/virtual.yaml", "--unattended",
         "--video", "--firmware", FIRMWARE, "--out", out, "--ledger", f"{folder}/ledger.sqlite",
         *options],
        stdout=subprocess.DEVNULL, check=False, timeout=300,
    )
    return sorted(glob.glob(f"{out}/*/"))[-1].rstrip("/")


def check(condition, words):
    if not condition:
        raise AssertionError(words)


def check_quiet(page, folder):
    """Nothing was complained of, and nothing asked for that lies outside of the folder."""
    check(not page.complaints, f"the browser complains: {page.complaints}")
    root = "file://" + os.path.abspath(folder)
    for address in page.requests:
        inside = urllib.parse.unquote(address).startswith(root)
        check(inside or address.startswith(("data:", "about:")), f"asks for {address}")


def check_fits(page):
    """No page is wider than the window."""
    widths = page.value("[document.documentElement.scrollWidth, innerWidth]")
    check(widths[0] <= widths[1], f"the page is {widths[0]} wide in a window of {widths[1]}")


def check_shown(page):
    """All pictures that are looked at are there."""
    page.wait("[...document.querySelectorAll('.album image')].length > 0")
    broken = page.value(
        """Promise.all([...document.querySelectorAll('.album image')].map((image) =>
          new Promise((done) => {
            const picture = new Image();
            picture.onload = () => done(null);
            picture.onerror = () => done(image.id);
            picture.src = image.href.baseVal;
          }))).then((all) => all.filter(Boolean))"""
    )
    check(not broken, f"not shown: {broken}")


def check_seeking(page, folder):
    """A step's mark in the course, and the link at the step, show the film there."""
    page.wait("document.getElementById('video').readyState >= 1")
    with open(f"{folder}/video.json") as file:
        check(json.load(file)["dropped"] == 0, "pictures of a virtual run were dropped")
    marks = page.value(
        "[...document.querySelectorAll('.timeline a.mark-step')].map((mark) => +mark.dataset.at)")
    check(len(marks) > 1, "the course has no steps")
    page.click(".timeline .lane:nth-of-type(2) a.mark-step:last-of-type")
    at = page.value(
        "+document.querySelector('.timeline .lane:nth-of-type(2) a.mark-step:last-of-type')"
        ".dataset.at")
    page.wait(f"Math.abs(document.getElementById('video').currentTime - {at}) < 0.01")
    page.wait("!document.getElementById('video').seeking")
    check(page.value("document.getElementById('video').videoWidth") == 1280, "the film has no picture")


def check_slider(page):
    """The slider moves the border between expected and seen."""
    width = "+document.querySelector('.slide clipPath rect').getAttribute('width')"
    page.value("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    before = page.value(width)
    page.press(*page.place(".slide input"), *page.place(".slide input", 0.9))
    page.wait(f"{width} > {before} * 1.5")
    page.press(*page.place(".slide input"), *page.place(".slide input", 0.1))
    page.wait(f"{width} < {before} * 0.5")


def check_last_good(page, path):
    """A run that did not pass tells what has changed since the one that did, and leads to it."""
    links = page.value(
        """[...document.querySelectorAll('section')].filter((section) =>
          section.querySelector('h2')?.textContent === 'Since the last good run'
        ).flatMap((section) => [...section.querySelectorAll('p a')].map((link) => link.href))""")
    check(len(links) == 1, f"{path} leads to {links} as the last good run")
    file = urllib.parse.unquote(links[0].removeprefix("file://"))
    check(os.path.exists(file), f"{links[0]} leads nowhere")


def check_hash(page, path):
    """A link to a step opens it and all that it is a part of."""
    page.open(path, "#step-3")
    page.wait("document.getElementById('step-3').checkVisibility()")
    check(page.value("document.getElementById('step-3').open"), "the step stays closed")


def main():
    gantry, folder = sys.argv[1:3]
    keep = "--keep" in sys.argv
    runs = {
        "passed": play(gantry, folder, "passed"),
        "failed": play(gantry, folder, "failed", "--set", "virtual.defects=[menu-bar-missing]"),
        "errored": play(gantry, folder, "errored", "--set", "virtual.faults=[capture-gone]",
                        "--set", "virtual.strikes={capture-gone: 6s}"),
    }
    for verdict, run in runs.items():
        for width, height in SIZES:
            for dark in (False, True):
                with Page(width, height, dark) as page:
                    page.open(f"{run}/report.html")
                    heading = page.value("document.querySelector('h1').textContent").lower()
                    check(verdict in heading, f"{run} says {heading}")
                    check_shown(page)
                    check_fits(page)
                    if keep:
                        name = f"{verdict}-{width}-{'dark' if dark else 'light'}.png"
                        page.keep(f"{folder}/{name}")
                    if not dark:
                        check_seeking(page, run)
                        if verdict == "passed":
                            check_slider(page)
                            check_hash(page, f"{run}/report.html")
                        else:
                            check_last_good(page, run)
                        check_fits(page)
                    check_quiet(page, run)
        print(f"{verdict}: {run}/report.html is well", flush=True)
    both = f"{folder}/compared.html"
    subprocess.run(
        [gantry, "compare", runs["passed"], runs["failed"], "--html", both],
        stdout=subprocess.DEVNULL, check=True, timeout=120)
    for width, height in SIZES:
        with Page(width, height, width == 420) as page:
            page.open(both)
            check("compared" in page.value("document.querySelector('h1').textContent"), "no heading")
            check_fits(page)
            if keep:
                page.keep(f"{folder}/compared-{width}.png")
            check_quiet(page, folder)
    print(f"compared: {both} is well")
    check_decision(gantry, folder, runs, keep)
    check_history(gantry, folder, runs, keep)


def check_history(gantry, folder, runs, keep):
    """The index of all runs of a folder, and what history answers, with links that lead somewhere."""
    ledger = f"{folder}/ledger.sqlite"
    # A defect that one of both scenarios meets.
    subprocess.run(
        [gantry, "run", "Scenarios/log-in.yaml", "Scenarios/firmware-version.yaml",
         "--rig", "Rigs/virtual.yaml", "--set", "virtual.defects=[wrong-firmware-version]",
         "--unattended", "--firmware", FIRMWARE, "--out", f"{folder}/several", "--ledger", ledger],
        stdout=subprocess.DEVNULL, check=False, timeout=300)
    pages = {"index": (f"{folder}/several/index.html", "Runs")}
    for name, options in {"history": [], "new": ["--new"], "trend": ["--trend", "run"]}.items():
        path = f"{folder}/{name}.html"
        answered = subprocess.run(
            [gantry, "history", *options, "--ledger", ledger, "--html", path],
            stdout=subprocess.DEVNULL, timeout=120)
        check(answered.returncode == 0, f"history {options} ends with {answered.returncode}")
        pages[name] = (path, None)
    for name, (path, title) in pages.items():
        for width, height in SIZES:
            for dark in (False, True):
                with Page(width, height, dark) as page:
                    page.open(path)
                    heading = page.value("document.querySelector('h1').textContent")
                    check(heading if title is None else heading == title, f"{path} says {heading}")
                    check(page.value("document.querySelectorAll('td').length") > 0, "nothing is told")
                    links = page.value(
                        "[...document.querySelectorAll('td a')].map((link) => link.href)")
                    check(links or name != "index", "no run is led to")
                    for link in links:
                        file = urllib.parse.unquote(link.removeprefix("file://"))
                        check(os.path.exists(file), f"{link} leads nowhere")
                    check_fits(page)
                    if keep:
                        page.keep(f"{folder}/{name}-{width}-{'dark' if dark else 'light'}.png")
                    check_quiet(page, folder)
        print(f"{name}: {path} is well")


def check_decision(gantry, folder, runs, keep):
    """The page of a release gate over these runs, which don't count, and are shown all the same."""
    ledger = f"{folder}/ledger.sqlite"
    subprocess.run(
        [gantry, "ledger", "import", *runs.values(), "--ledger", ledger],
        stdout=subprocess.DEVNULL, check=True, timeout=120)
    path = f"{folder}/decision.html"
    decided = subprocess.run(
        [gantry, "gate", "Gates/family.yaml", "--firmware", FIRMWARE, "--ledger", ledger,
         "--page", path], stdout=subprocess.DEVNULL, timeout=120)
    check(decided.returncode == 1, f"the gate ends with {decided.returncode}")
    for width, height in SIZES:
        for dark in (False, True):
            with Page(width, height, dark) as page:
                page.open(path)
                heading = page.value("document.querySelector('h1').textContent")
                check(heading == "Closed", f"{path} says {heading}")
                links = page.value(
                    "[...document.querySelectorAll('td a')].map((link) => link.href)")
                check(links, "no run is led to")
                for link in links:
                    file = urllib.parse.unquote(link.removeprefix("file://"))
                    check(os.path.exists(file), f"{link} leads nowhere")
                check_fits(page)
                if keep:
                    page.keep(f"{folder}/decision-{width}-{'dark' if dark else 'light'}.png")
                check_quiet(page, folder)
    print(f"decision: {path} is well")


main()
