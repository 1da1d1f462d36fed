; The Windows installer. packaging/build.py nsis calls makensis with VERSION, BASE, OUT, ICON, SIZE, HOMEPAGE, LICENCE.
; It installs for the person who runs it, so it asks for no administrator; their data is left alone when it goes.
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"
!insertmacro RefreshShellIcons
!insertmacro un.RefreshShellIcons

!define ID "org.shoreline.Studio"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"

Name "Shoreline ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Shoreline"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
BrandingText " "

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\python\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-I -m studio"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro OpenWith EXTENSION
  WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${ID}" ""
!macroend

!macro NoOpenWith EXTENSION
  DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${ID}"
!macroend

Section
  ; An older version is replaced as a whole: no file of it stays between those of the new one.
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\bin"
  SetOutPath "$INSTDIR"
  File /r "${BASE}/*"
  File "/oname=shoreline.ico" "${ICON}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\Shoreline.lnk" "$INSTDIR\python\pythonw.exe" "-I -m studio" "$INSTDIR\shoreline.ico"
  WriteRegStr HKCU "Software\Classes\${ID}" "" "Shoreline picture"
  WriteRegStr HKCU "Software\Classes\${ID}\DefaultIcon" "" "$INSTDIR\shoreline.ico"
  WriteRegStr HKCU "Software\Classes\${ID}\shell\open\command" "" \
    '"$INSTDIR\python\pythonw.exe" -I -m studio "%1"'
  WriteRegStr HKCU "Software\Classes\.ora" "" "${ID}"
  !insertmacro OpenWith ".ora"
  !insertmacro OpenWith ".psd"
  !insertmacro OpenWith ".kra"
  !insertmacro OpenWith ".png"
  !insertmacro OpenWith ".jpg"
  !insertmacro OpenWith ".webp"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Shoreline"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\shoreline.ico"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Shoreline developers"
  WriteRegStr HKCU "${KEY}" "URLInfoAbout" "${HOMEPAGE}"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\bin"
  RMDir /r "$INSTDIR\engines"
  Delete "$INSTDIR\shoreline.cmd"
  Delete "$INSTDIR\shoreline.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Shoreline.lnk"
  !insertmacro NoOpenWith ".ora"
  !insertmacro NoOpenWith ".psd"
  !insertmacro NoOpenWith ".kra"
  !insertmacro NoOpenWith ".png"
  !insertmacro NoOpenWith ".jpg"
  !insertmacro NoOpenWith ".webp"
  ReadRegStr $0 HKCU "Software\Classes\.ora" ""
  StrCmp $0 "${ID}" 0 +2
    DeleteRegValue HKCU "Software\Classes\.ora" ""
  DeleteRegKey HKCU "Software\Classes\${ID}"
  DeleteRegKey HKCU "${KEY}"
  ${RefreshShellIcons}
SectionEnd
