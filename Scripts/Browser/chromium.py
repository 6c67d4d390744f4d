"""Debian's Chromium without a window, driven through a pipe by the DevTools protocol."""

import base64
import json
import os
import select
import subprocess
import tempfile
import time


class Page:
    """One page, and what was said and asked for while it was open."""

    PATIENCE = 60  # seconds for one answer; a loaded machine is slow

    def __init__(self, width, height, dark, scale=1):
        self.requests = []
        self.complaints = []
        self._waiting = b""
        self._events = []
        self._serial = 0
        self._session = None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_chromium, self._to = os.pipe()
        self._from, from_chromium = os.pipe()

        def connect():
            # Chromium reads orders from descriptor 3, and answers on 4; either may be in use for the other.
            there = os.dup(to_chromium)
            back = os.dup(from_chromium)
            os.dup2(there, 3)
            os.dup2(back, 4)

        self._process = subprocess.Popen(
            [
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--autoplay-policy=no-user-gesture-required",
                f"--user-data-dir={self._profile.name}",
                "--remote-debugging-pipe",
                "about:blank",
            ],
            preexec_fn=connect,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_chromium)
        os.close(from_chromium)
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self._ask(f"{domain}.enable")
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=scale, mobile=False,
        )
        self._ask(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._to)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._from)
        self._profile.cleanup()

    def open(self, path, fragment=""):
        """Opens a file and waits until all of it is loaded."""
        self._ask("Page.navigate", url="file://" + os.path.abspath(path) + fragment)
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'")

    def value(self, expression):
        """What an expression comes to in the page."""
        answer = self._ask(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression):
        """Waits until an expression is true in the page."""
        end = time.monotonic() + self.PATIENCE
        while not self.value(expression):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {expression}")
            time.sleep(0.05)

    def click(self, selector):
        """Clicks into the middle of an element."""
        x, y = self.place(selector)
        self.press(x, y, x, y)

    def place(self, selector, share=0.5):
        """A place in an element, scrolled into view: so far from the left, half-way down."""
        return self.value(
            f"""(() => {{
              const element = document.querySelector({json.dumps(selector)});
              element.scrollIntoView({{ block: "center", behavior: "instant" }});
              const box = element.getBoundingClientRect();
              return [box.left + box.width * {share}, box.top + box.height / 2];
            }})()"""
        )

    def press(self, x, y, to_x, to_y):
        """Presses the left button at a place and lets go of it at another."""
        for kind, at_x, at_y in [
            ("mousePressed", x, y), ("mouseMoved", to_x, to_y), ("mouseReleased", to_x, to_y)
        ]:
            self._ask(
                "Input.dispatchMouseEvent",
                type=kind, x=at_x, y=at_y, button="left", buttons=1, clickCount=1,
            )

    def keep(self, path, whole=True):
        """Keeps a picture of the page, or of what of it the window shows."""
        kind = "jpeg" if path.endswith(".jpg") else "png"
        answer = self._ask(
            "Page.captureScreenshot", captureBeyondViewport=whole, format=kind,
            **({"quality": 75} if kind == "jpeg" else {}),
        )
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))

    def _ask(self, method, **parameters):
        self._serial += 1
        order = {"id": self._serial, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        data = json.dumps(order).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data):]
        end = time.monotonic() + self.PATIENCE
        while True:
            answer = self._next(end, method)
            if answer.get("id") == self._serial:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def _next(self, end, method):
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._from], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"{method}: Chromium does not answer")
            part = os.read(self._from, 1 << 20)
            if not part:
                raise AssertionError(f"{method}: Chromium has ended")
            self._waiting += part
        line, self._waiting = self._waiting.split(b"\0", 1)
        return json.loads(line)

    def _note(self, event):
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(parameters["exceptionDetails"]["text"])
            case "Log.entryAdded" if parameters["entry"]["level"] in ("error", "warning"):
                self.complaints.append(parameters["entry"]["text"])
            case "Runtime.consoleAPICalled" if parameters["type"] in ("error", "warning", "assert"):
                self.complaints.append(str(parameters["args"]))
