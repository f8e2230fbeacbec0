#!/bin/sh
# Installs or upgrades the program from this stick: sh install.sh
# Everything is read from the stick, and only what its list names; what an office wrote is not touched.
set -eu
stick=$(cd "$(dirname "$0")/.." && pwd)
known=/etc/counter-assistant/stick-signed-by
cd "$stick"
echo "核对 U 盘上的文件……"
if ! grep ' linux/' SHA256SUMS | sha256sum --check --quiet -; then
    echo "U 盘上的文件不完整，没有安装。请重新拷贝 U 盘，或者换一只。"
    exit 1
fi
if [ -s "$known" ] && command -v counter-assistant >/dev/null; then
    # whose signature counts was kept when this PC was installed, and the program that is there checks it
    if ! counter-assistant stick "$stick" --signed-by "$(cat "$known")"; then
        echo "没有安装。中心换过密钥的：核对新的指纹以后，由管理员删去 $known，再来一次。"
        exit 1
    fi
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "安装要管理员的密码。"
    exec sudo sh "$stick/linux/install.sh"
fi
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
installed() { dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }
carried=' '
set --
for package in $(sed -n "s|^[0-9a-f]*  \(linux/depends/$release/[^ ]*\.deb\)\$|\1|p" SHA256SUMS); do
    name=$(dpkg-deb --field "$package" Package)
    if ! installed "$name"; then set -- "$@" "$package" && carried="$carried$name "; fi
done
ours=$(sed -n 's|^[0-9a-f]*  \(linux/counter-assistant_[^ /]*\.deb\)$|\1|p' SHA256SUMS | tail -n 1)
# dpkg would unpack first and only then say what is missing
missing=
for either in $(dpkg-deb --field "$ours" Depends | sed 's/([^)]*)//g; s/ *| */|/g; s/ *, */ /g'); do
    met=
    for name in $(echo "$either" | tr '|' ' '); do
        case $carried in *" $name "*) met=yes ;; esac
        if installed "$name"; then met=yes; fi
    done
    [ -n "$met" ] || missing="$missing ${either%%|*}"
done
if [ -n "$missing" ]; then
    echo "没有安装，什么都没有动。这个系统（$release）还缺这些软件包，U 盘上没有：$missing"
    echo "请用系统自带的软件源装好它们，再来一次。"
    exit 1
fi
echo "安装 $(basename "$ours")，另补 $# 个系统缺的软件包……"
if ! DEBIAN_FRONTEND=noninteractive dpkg --install "$@" "$ours" >/var/log/counter-assistant-install.log 2>&1; then
    tail -n 5 /var/log/counter-assistant-install.log
    echo "没有装好，台账没有动。上面是系统说的原因，全文在 /var/log/counter-assistant-install.log：处理以后再来一次。"
    exit 1
fi
if [ -f SHA256SUMS.signature ] && [ ! -s "$known" ]; then
    counter-assistant stick "$stick"
    mkdir -p "$(dirname "$known")"
    counter-assistant stick "$stick" --json | sed -n 's/.*"fingerprint": "\([0-9a-f ]*\)".*/\1/p' >"$known"
    echo "请把上面的指纹与中心文件上印的核对一遍。以后这台电脑只装这把密钥签的 U 盘。"
fi
echo "装好了。请由窗口经办人自己的用户打开“柜台助手”，不要用管理员打开。"
