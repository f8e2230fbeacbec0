#!/bin/sh
# Installs or upgrades the program from this stick: sh install.sh
# Everything is read from the stick, and only what its list names; what an office wrote is not touched.
set -eu
stick=$(cd "$(dirname "$0")/.." && pwd)
program=/opt/counter-assistant
known=/etc/counter-assistant/stick-signed-by
log=/var/log/counter-assistant-install.log
cd "$stick" || exit 1
refuse() {
    echo "没有安装，什么都没有动：$1"
    exit 1
}
refuse_late() {
    echo "不要用这个程序，告诉中心：$1"
    exit 1
}
installed() { dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }
checks_sticks() { command -v counter-assistant >/dev/null && counter-assistant stick --help >/dev/null 2>&1; }

[ "${1:-}" = --again ] || echo "核对 U 盘上的文件……"
grep ' linux/' SHA256SUMS | sha256sum --check --status - || refuse "U 盘上的文件不完整。请重新拷贝 U 盘，或者换一只。"
ours=$(sed -n 's|^[0-9a-f]*  \(linux/counter-assistant_[^ /]*\.deb\)$|\1|p' SHA256SUMS | tail -n 1)
new=$(dpkg-deb --field "$ours" Version)
old=
if installed counter-assistant; then old=$(dpkg-query --show --showformat='${Version}' counter-assistant); fi
if [ -n "$old" ] && dpkg --compare-versions "$old" gt "$new"; then
    refuse "这台电脑上已经是 $old，比 U 盘上的 $new 新。"
fi
if [ "${1:-}" != --again ]; then
    if [ -s "$known" ]; then
        # whose signature counts was kept when this PC was installed, and the program that is there checks it: nothing from the stick can
        checks_sticks || refuse "这台电脑只装指纹 $(cat "$known") 签的 U 盘，程序已经卸下，没有东西核对签名。请在装着程序的电脑上用 counter-assistant stick 核对；对的，由管理员删去 $known，再来一次。"
        counter-assistant stick "$stick" --signed-by "$(cat "$known")" || refuse "原因见上一行。"
    else
        [ -f SHA256SUMS.signature ] || echo "这只 U 盘没有签名。"
        echo "U 盘的校验码：$(sha256sum SHA256SUMS | cut -c1-32 | sed 's/..../& /g')"
        echo "请与中心随盘发的单子核对：一样的按回车，不一样的按 Ctrl+C，不要装。"
        if [ -t 0 ]; then read -r _; fi
    fi
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "安装要管理员的密码。"
    exec sudo sh "$stick/linux/install.sh" --again
fi
for process in /proc/[0-9]*; do
    case $(readlink "$process/exe" 2>/dev/null) in
        "$program"/*) refuse "柜台助手的窗口还开着。请先关上，再来一次。" ;;
    esac
done
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
carried=' '
set --
for package in $(sed -n "s|^[0-9a-f]*  \(linux/depends/$release/[^ ]*\.deb\)\$|\1|p" SHA256SUMS); do
    name=$(dpkg-deb --field "$package" Package)
    if ! installed "$name"; then set -- "$@" "$package" && carried="$carried$name "; fi
done
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
[ -z "$missing" ] || refuse "这个系统（$release）还缺软件包，U 盘上没有：$missing。请用系统自带的软件源装好，再来一次。"
if [ -z "$old" ]; then
    echo "安装 $new，另补 $# 个系统缺的软件包……"
elif [ "$old" = "$new" ]; then
    echo "重新装一遍 $new，另补 $# 个系统缺的软件包……"
else
    echo "从 $old 升级到 $new，另补 $# 个系统缺的软件包……"
fi
if ! DEBIAN_FRONTEND=noninteractive dpkg --install "$@" "$ours" >"$log" 2>&1; then
    tail -n 5 "$log"
    echo "没有装好，台账没有动。上面是系统说的原因，全文在 $log：处理以后再来一次。"
    exit 1
fi
if [ -f SHA256SUMS.signature ] && [ ! -s "$known" ]; then
    checks_sticks || refuse_late "装上的程序太旧，不会核对签名。"
    counter-assistant stick "$stick" || refuse_late "签名不对，原因见上一行。"
    mkdir -p "$(dirname "$known")"
    counter-assistant stick "$stick" --json | sed -n 's/.*"fingerprint": "\([0-9a-f ]*\)".*/\1/p' >"$known"
    echo "以后这台电脑只装这把密钥签的 U 盘。"
fi
echo "装好了：柜台助手 $new。台账和设置都没有动。请由窗口经办人自己的用户从开始菜单打开，不要用管理员打开。"
