; The installer for Windows, of the folder that packaging/bundle/windows.py puts together. Nothing of it has run on Windows yet.
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DBUNDLE=... -DTARGET=... installer.nsi
; An upgrade replaces the program's own folders. What an office wrote lies elsewhere and is never touched, by a removal neither.
Unicode true
SetCompressor /SOLID lzma
!include MUI2.nsh
!include x64.nsh

Name "柜台助手 ${VERSION}"
OutFile "${TARGET}"
InstallDir "$PROGRAMFILES64\Counter Assistant"
InstallDirRegKey HKLM "Software\Counter Assistant" "Folder"
RequestExecutionLevel admin
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Counter Assistant"

!define MUI_FINISHPAGE_RUN "$INSTDIR\python\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "$\"$INSTDIR\bin\start.pyw$\""
!define MUI_FINISHPAGE_RUN_TEXT "打开柜台助手"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "柜台助手要 64 位的 Windows 10 或更新的版本。请换一台电脑安装。"
    Abort
  ${EndIf}
  SetRegView 64
FunctionEnd

Section
  ; a window that is open holds its files: the user is asked to close it, and nothing has been changed yet
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\python\python311.dll"
    Delete "$INSTDIR\python\python311.dll"
    ${If} ${Errors}
      MessageBox MB_ICONSTOP "柜台助手还开着。请关上窗口，再安装一次。"
      Abort
    ${EndIf}
  ${EndIf}
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\python"
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$INSTDIR\bin"
  CreateDirectory "$SMPROGRAMS\柜台助手"
  CreateShortcut "$SMPROGRAMS\柜台助手\柜台助手.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\bin\start.pyw"'
  CreateShortcut "$SMPROGRAMS\柜台助手\文明用语.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\bin\start.pyw" --phrases'
  CreateShortcut "$SMPROGRAMS\柜台助手\练习模式.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\bin\start.pyw" --training'
  CreateShortcut "$DESKTOP\柜台助手.lnk" "$INSTDIR\python\pythonw.exe" '"$INSTDIR\bin\start.pyw"'
  WriteRegStr HKLM "Software\Counter Assistant" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "柜台助手"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetRegView 64
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\python"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays where data lie beside the program
  RMDir /r "$SMPROGRAMS\柜台助手"
  Delete "$DESKTOP\柜台助手.lnk"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "Software\Counter Assistant"
SectionEnd
