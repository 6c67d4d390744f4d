(() => {
  "use strict";
  const video = document.getElementById("video");
  // What is chosen in the course of the run is shown in the film, where there is one.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-at]");
    if (!mark || !video) return;
    event.preventDefault();
    video.currentTime = Number(mark.dataset.at);
    video.scrollIntoView({ block: "nearest" });
  });
  if (video) {
    const marks = [...document.querySelectorAll(".timeline a[data-at]")];
    video.addEventListener("timeupdate", () => {
      const now = video.currentTime + 0.001;
      let current = null;
      for (const mark of marks) {
        if (mark.classList.contains("mark-step") && Number(mark.dataset.at) <= now) current = mark;
        mark.classList.remove("current");
      }
      current?.classList.add("current");
    });
  }
  for (const slider of document.querySelectorAll(".slide input")) {
    const figure = slider.closest(".slide");
    const box = figure.querySelector("svg").viewBox.baseVal;
    const clip = figure.querySelector("clipPath rect");
    const split = figure.querySelector(".split");
    const move = () => {
      const width = (box.width * Number(slider.value)) / 100;
      clip.setAttribute("width", width);
      split.setAttribute("x", box.x + width);
    };
    slider.addEventListener("input", move);
    move();
  }
  // A link to a step opens it, and whatever it is a part of.
  const open = () => {
    let element = document.getElementById(location.hash.slice(1));
    for (; element; element = element.parentElement?.closest("details")) element.open = true;
  };
  window.addEventListener("hashchange", open);
  open();
  // On paper nothing can be opened.
  window.addEventListener("beforeprint", () => {
    for (const step of document.querySelectorAll("details.step")) step.open = true;
  });
})();
