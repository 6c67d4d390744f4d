# What a user calls. Each target installs the Debian packages that are missing first.

GANTRY := .build/release/gantry

.PHONY: demo test lint docs journals campaign world nights mails mails-sanitized mail-run accuracy \
	clicks fit benchmark opencv browser pictures ledger-trials attestation-trials kernel-rig gpiod-2 \
	kernels-sanitized kernels-aarch64 gate-demo gate-trials recipes setup build

# Plays the password reset on the virtual rig.
demo: build
	$(GANTRY) run Scenarios/password-reset.yaml --rig Rigs/virtual.yaml --unattended

# Builds the program in release mode.
build: setup
	swift build --configuration release --product gantry

# Runs all tests; pixel code is optimised in debug builds, too, so that these are the faster ones.
test: setup
	swift test --disable-xctest

# Checks that the code keeps to the house's format.
lint:
	swift format lint --strict --recursive Package.swift Sources Proving Tests

# Builds the documentation of the modules that have a catalogue.
docs: setup
	Scripts/build-docs

# Records the journals of some seventy runs the first time, and tells after a change which of them
# are not the same; without .build/journals.tsv it begins anew.
journals: setup
	swift build --configuration release --product gantry
	swift build --configuration release --product gantry-proving
	@if [ -e .build/journals.tsv ]; then \
		.build/release/gantry-proving journals check --against .build/journals.tsv; \
	else \
		.build/release/gantry-proving journals record --sets sample --out .build/journals.tsv; \
	fi

# Plays everything on everything, many times; takes long, and prints counts and intervals.
campaign: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving campaign

# Plays recorders and rigs that are drawn by lot; goes on where it was stopped, until the program
# changes.
world: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving campaign world --out .build/world-`sha256sum \
		.build/release/gantry-proving | cut -c 1-12`.jsonl

# Plays five firmwares of the virtual family through a release gate, and ends with the decisions.
gate-demo: build
	swift build --configuration release --product gantry-proving
	Scripts/gate-demo $(GANTRY) .build/release/gantry-proving .build/gate-demo

# Tries drawn gates on drawn ledgers, and a million spoiled policies and waivers.
gate-trials: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving gate-trials

# Checks the recipes for build servers by the servers' own schemas and by linters.
recipes:
	Scripts/check-recipes

# Plays many runs one after the other on recorders that remember; a tenth of the runs are killed.
nights: setup
	swift build --configuration release --product gantry
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving campaign nights

# Opens the pages of a few runs in Debian's Chromium, as people do.
browser: build
	Scripts/check-pages $(GANTRY)

# Draws the picture of a report anew that README shows.
pictures: build
	Scripts/install-packages browser
	python3 Scripts/Browser/draw_report.py $(GANTRY) Documentation/report.jpg

# Plays on the kernel's own virtual devices, in a guest of QEMU; fetches what it needs.
kernel-rig: setup
	Scripts/KernelRig/run

# Compiles what drives GPIO lines against libgpiod 2, which Debian 12 does not have.
gpiod-2: setup
	Scripts/check-gpiod-2

# Runs the loops over pixels under sanitizers, at every level that this processor has.
kernels-sanitized: setup
	Scripts/check-kernels sanitizers

# Runs the loops over pixels as compiled for 64-bit ARM, in QEMU.
kernels-aarch64: setup
	Scripts/check-kernels aarch64

# Reads a million damaged mails, and absurd ones: nothing crashes, nothing takes long, no code is found
# where none is. Goes on where it was stopped, until the program changes.
mails: setup
	swift build --configuration release --product mail-trials
	.build/release/mail-trials absurd-mails
	.build/release/mail-trials mails --count 1000000 --record .build/mails-`sha256sum \
		.build/release/mail-trials | cut -c 1-12`.jsonl

# Reads twenty thousand damaged mails, and absurd ones, with every access to memory checked.
mails-sanitized: setup
	swift build --sanitize=address --product mail-trials --scratch-path .build/sanitized
	.build/sanitized/debug/mail-trials mails --count 20000 --slow 60 --patience 600
	.build/sanitized/debug/mail-trials absurd-mails --limit 60

# Plays the password reset in real time, its code sent through Exim into Dovecot, and read by IMAP.
mail-run: setup
	swift build --configuration release --product gantry
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving mail-run

# Shows thousands of generated screens to the eyes, and prints how often they are right; the seed is
# not the one that `gantry-proving accuracy` takes by itself, which is for tuning.
accuracy: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving accuracy --seed 1001 --cases 6000
	.build/release/gantry-proving tints --seed 1001 --cases 4000
	.build/release/gantry-proving lookalikes --seed 1001 --cases 2000
	.build/release/gantry-proving masks --seed 1001 --cases 3000
	.build/release/gantry-proving codes --seed 1001 --cases 2000
	.build/release/gantry-proving captures --seed 1001 --cases 1000

# Measures labelled pairs, and prints the limits that they would choose: those of one seed, counted by
# another.
fit: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving fit

# Clicks ten thousand small targets on drawn desks: none is missed, and each is hit in time.
clicks: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving clicks --seed 1001

# Measures how much processor time the eyes take, beside OpenCV's matchTemplate.
benchmark: setup opencv
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving benchmark

# Has eight processes book 500 runs each at the same time in one ledger, and kills others while they book.
ledger-trials: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving ledger-trials

# Reads a million damaged attestations, keys and trust files: nothing crashes or is believed.
attestation-trials: setup
	swift build --configuration release --product gantry-proving
	.build/release/gantry-proving attestation-trials

# OpenCV for Python, which the benchmark alone needs; from Debian, unless Python has one.
opencv:
	@/usr/bin/python3 -c "import cv2" 2>/dev/null || python3 -c "import cv2" 2>/dev/null \
		|| Scripts/install-packages benchmark

# Installs the Debian packages that are missing, as root or through sudo.
setup:
	@Scripts/install-packages
