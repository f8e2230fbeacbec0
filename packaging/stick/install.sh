#!/bin/sh
# Installs or upgrades the program from this stick: sh install.sh
# Everything is read from the stick, and only what its list names; what an office wrote is not touched.
set -eu
stick=$(cd "$(dirname "$0")/.." && pwd)
program=/opt/counter-assistant
known=/etc/counter-assistant/stick-signed-by
log=/var/log/counter-assistant-install.log
cd "$stick" || exit 1
# whatever stopped it, a stick that was pulled out is the reason
pulled_out() { [ "$?" = 0 ] || [ -r "$stick/SHA256SUMS" ] || echo "U 盘读不到了：插好，再来一次，没有装完的接着装上。"; }
trap pulled_out EXIT
refuse() {
    echo "没有安装，什么都没有动：$1"
    exit 1
}
refuse_late() {
    if [ -n "$old" ]; then
        echo "不要用装上的程序，告诉中心：$1"
        echo "原来装着 $old，所以没有自动卸下：由管理员用 sudo dpkg --purge counter-assistant 卸下，台账和设置都留着。"
    elif dpkg --purge counter-assistant >>"$log" 2>&1; then
        echo "没有装：$1刚装上的程序已经卸下，补的系统软件包留着。这只 U 盘不要再用，告诉中心。"
    else
        echo "不要用装上的程序，告诉中心：$1它没有卸下来，原因在 $log：由管理员用 sudo dpkg --purge counter-assistant 卸下。"
    fi
    exit 1
}
installed() { dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }
checks_sticks() { command -v counter-assistant >/dev/null && counter-assistant stick --help >/dev/null 2>&1; }
# nothing where a check failed, and stderr says why; files beside the list are told there as well, and not installed
signer() { counter-assistant stick "$stick" "$@" --json | sed -n 's/.*"fingerprint": "\([0-9a-f ]*\)".*/\1/p'; }

again=
if [ "${1:-}" = --again ]; then again=yes; fi
[ -n "$again" ] || echo "核对 U 盘上的文件……"
grep ' linux/' SHA256SUMS | sha256sum --check --status - 2>/dev/null || refuse "U 盘上的文件不完整。请重新拷贝 U 盘，或者换一只。"
ours=$(sed -n 's|^[0-9a-f]*  \(linux/counter-assistant_[^ /]*\.deb\)$|\1|p' SHA256SUMS | tail -n 1)
new=$(dpkg-deb --field "$ours" Version)
old=
if installed counter-assistant; then old=$(dpkg-query --show --showformat='${Version}' counter-assistant); fi
if [ -n "$old" ] && dpkg --compare-versions "$old" gt "$new"; then
    refuse "这台电脑上已经是 $old，比 U 盘上的 $new 新。"
fi
if [ -s "$known" ]; then
    # whose signature counts was kept when this PC was installed, and the program that is there checks it: nothing from the stick can.
    # Who may not read it leaves the check to the administrator's turn.
    if [ -r "$known" ]; then
        pin=$(cat "$known")
        checks_sticks || refuse "这台电脑只装指纹 $pin 签的 U 盘，程序已经卸下，没有东西核对签名。怎么办见安装手册“六、卸下”：与中心核对校验码以后，由管理员删去 $known，再来一次。"
        signed=$(signer --signed-by "$pin")
        [ -n "$signed" ] || refuse "原因见上一行。"
        [ -n "$again" ] || echo "文件都完整，签名完好，密钥指纹 $signed。"
    fi
elif [ -z "$again" ]; then
    if [ ! -f SHA256SUMS.signature ]; then
        echo "这只 U 盘没有签名。"
    elif checks_sticks; then
        [ -n "$(signer)" ] || refuse "原因见上一行。"
    fi
    echo "U 盘的校验码：$(sha256sum SHA256SUMS | cut -c1-32 | sed 's/..../& /g')"
    echo "请与中心随盘发的单子上的校验码核对，不是首页上的指纹；手边没有单子的，打电话给中心，念这串数字核对。"
    echo "一样的按回车；不一样的按 Ctrl+C，不要装。"
    if [ -t 0 ]; then
        while read -r typed || refuse "校验码还没有核对。"; [ -n "$typed" ]; do
            echo "这里只按回车，打的字不算，屏幕上别人看得见；密码等下一步问的时候再输。不要装的按 Ctrl+C。"
        done
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
added= kept=
if [ $# -gt 0 ]; then added="，另补 $# 个系统缺的软件包"; fi
if [ -z "$old" ]; then
    echo "安装 $new$added……"
else
    kept="台账和设置都没有动。"
    if [ "$old" = "$new" ]; then echo "重新装一遍 $new$added……"; else echo "从 $old 升级到 $new$added……"; fi
fi
if ! DEBIAN_FRONTEND=noninteractive dpkg --install "$@" "$ours" >"$log" 2>&1; then
    tail -n 5 "$log"
    echo "没有装好。${kept}上面是系统说的原因，全文在 $log：处理以后再来一次。"
    exit 1
fi
if [ -f SHA256SUMS.signature ] && [ ! -s "$known" ]; then
    checks_sticks || refuse_late "装上的程序太旧，不会核对签名。"
    signed=$(signer)
    [ -n "$signed" ] || refuse_late "签名不对，原因见上一行。"
    umask 022
    mkdir -p "$(dirname "$known")"
    echo "$signed" >"$known"
    echo "以后这台电脑只装这把密钥签的 U 盘。"
fi
echo "装好了：柜台助手 $new。${kept}请由窗口经办人自己的用户从开始菜单打开，不要用管理员打开。"
