@echo off
rem The command line of the program: counter-assistant --help
setlocal
if not defined COUNTER_ASSISTANT_DATA if exist "%~dp0..\data-beside.txt" set "COUNTER_ASSISTANT_DATA=%~dp0..\data"
"%~dp0..\python\python.exe" -X utf8 -m counter_assistant %*
