#!/bin/sh
# Make .venv hold what requirements.txt names, with qcode itself, and see that Qt can start.
# `make` runs this before every target; where nothing changed since the last time it only looks, and says nothing.
set -eu
cd "$(dirname "$0")/.."
trap 'exit 130' INT
trap 'exit 143' TERM

venv=.venv
python=$venv/bin/python
unfinished=$venv/unfinished  # there while .venv is being changed: whoever finds it starts again
packages=$venv/packages      # what the packages in .venv were installed from
project=$venv/project        # what qcode itself was installed from
qt=$venv/qt                  # for which kind of screen Qt was seen to start

for_offscreen="libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0"
for_x11="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
for_wayland="libwayland-client0 libwayland-cursor0 libwayland-egl1"
fonts="fonts-dejavu-core fonts-noto-color-emoji"

say() { echo "set-up: $*"; }

stop() {
    echo "set-up: $*" >&2
    exit 1
}

# The wheels that requirements.txt names are made for these versions, and PySide6 aborts on older ones.
fits='import sys, sysconfig
good = (3, 12) <= sys.version_info < (3, 15) and sys.implementation.name == "cpython"
sys.exit(not good or bool(sysconfig.get_config_var("Py_GIL_DISABLED")))'

# A command may be in the .venv that is about to be made anew, or a link from which Python would not find its library.
interpreter_behind() { "$1" -c 'import os, sys; print(os.path.realpath(sys._base_executable))'; }

# A command may exist and yet fail (a shim of pyenv's for a version that is not chosen here), so each is tried.
find_python() {
    without_venv=
    for candidate in python3.12 python3.13 python3.14 python3 python \
        "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[234].*/bin/python; do
        "$candidate" -c "$fits" </dev/null >/dev/null 2>&1 || continue
        if "$candidate" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1; then
            found=$(interpreter_behind "$candidate")
            return
        fi
        without_venv=$candidate
    done
    if [ -z "$without_venv" ] && command -v uv >/dev/null 2>&1; then
        say "no Python 3.12 to 3.14 on the path: uv brings one"
        candidate=$(uv python find 3.12 2>/dev/null || { uv python install 3.12 >&2 && uv python find 3.12; }) &&
            found=$(interpreter_behind "$candidate") && return
    fi
    [ -n "$without_venv" ] || stop "qcode needs Python 3.12, 3.13 or 3.14 and found none:" \
        "install one from python.org, or install uv, which brings its own, then run make again."
    version=$("$without_venv" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install_from_debian "Python $version is here without its module venv" "python$version-venv"
    found=$without_venv
}

# As root on Debian and its kin, install; for anyone else print the line to run, and stop.
install_from_debian() {
    problem=$1
    shift
    command -v apt-get >/dev/null 2>&1 ||
        stop "$problem; Debian's packages for it are $*: install what matches them here, then run make again."
    if [ "$(id -u)" != 0 ]; then
        stop "$problem. Run this line, then make again:
  sudo sh -c 'apt-get update; apt-get install -y --no-install-recommends $*'"
    fi
    say "$problem: installing $*"
    log=$({
        apt-get -q update
        DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
    } </dev/null 2>&1) || stop "apt-get could not install them:
$(printf '%s\n' "$log" | tail -n 5)"
}

make_environment() {
    find_python
    say "making $venv with $("$found" --version) (takes a minute or two and 700 MB)"
    rm -rf "$venv"
    mkdir "$venv"
    : >"$unfinished"
    "$found" -m venv "$venv" || stop "$found could not make $venv; its message is above."
}

# A pip that says no leaves .venv as it was; only one that was interrupted leaves it unfinished.
pip() {
    quiet=
    [ -t 1 ] || quiet=-q
    "$python" -m pip install $quiet --disable-pip-version-check "$@" </dev/null || {
        [ $? -ge 128 ] || rm -f "$unfinished"
        stop "the packages could not be installed; pip's message is above. Run make again when that is mended."
    }
}

# Compiling here keeps the window quick to open where PYTHONDONTWRITEBYTECODE is set. Some packages carry templates
# that are no valid Python: compileall reports them, and nothing is wrong.
compile_bytecode() { "$python" -m compileall -qq -j 0 "$venv"/lib qcode >/dev/null 2>&1 || :; }

packages_wanted() { { pwd; cat requirements.txt; } | cksum; }
project_wanted() { cat pyproject.toml setup/prepare.sh | cksum; }
screen() { echo "offscreen${DISPLAY:+ x11}${WAYLAND_DISPLAY:+ wayland}"; }
holds() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

usable() { [ ! -e "$unfinished" ] && "$python" -c "$fits" </dev/null >/dev/null 2>&1; }

has_pip() { "$python" -m pip --version >/dev/null 2>&1 || "$python" -m ensurepip >/dev/null 2>&1; }

moved() { [ -f "$packages" ] && [ "$(cat "$venv/home" 2>/dev/null)" != "$(pwd)" ]; }

update_packages() {
    if ! usable || moved || ! has_pip; then
        make_environment
    fi
    : >"$unfinished"
    say "installing the packages that requirements.txt names"
    pip --require-hashes -r requirements.txt
    packages_wanted >"$packages"
    pwd >"$venv/home"
}

update_project() {
    : >"$unfinished"
    pip --no-deps --no-build-isolation -e .
    compile_bytecode
    project_wanted >"$project"
    rm -f "$unfinished"
}

see_that_qt_starts() {
    if ! problem=$(QT_QPA_PLATFORM=offscreen "$python" setup/qt_starts.py 2>&1); then
        install_from_debian "Qt cannot start here ($(echo "$problem" | tail -n 1))" \
            $for_offscreen $for_x11 $for_wayland $fonts
        problem=$(QT_QPA_PLATFORM=offscreen "$python" setup/qt_starts.py 2>&1) ||
            stop "Qt still cannot start: $problem"
    fi
    screen >"$qt"
}

if ! usable || ! holds "$packages" "$(packages_wanted)"; then
    update_packages
    update_project
elif ! holds "$project" "$(project_wanted)"; then
    update_project
fi
holds "$qt" "$(screen)" || see_that_qt_starts
