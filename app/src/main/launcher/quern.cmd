@echo off
rem Starts Quern on Windows: needs a JDK 17 or newer, named by JAVA_HOME or found on PATH.
setlocal
set "QUERN_JAVA=java"
if defined JAVA_HOME set "QUERN_JAVA=%JAVA_HOME%\bin\java"
set "QUERN_FLAGS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
for %%c in (run predict serve console scan ablate attack) do if "%~1"=="%%c" set "QUERN_FLAGS=--add-modules jdk.incubator.vector"
rem As in the launcher for other systems, which says why.
set "QUERN_GC=-XX:+UseParallelGC"
if "%NUMBER_OF_PROCESSORS%"=="1" set "QUERN_GC=-XX:+UseSerialGC"
if "%NUMBER_OF_PROCESSORS%"=="2" set "QUERN_GC=-XX:+UseSerialGC"
if "%~1"=="run" set "QUERN_FLAGS=%QUERN_FLAGS% %QUERN_GC% -XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000 -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000 -XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.02"
for %%c in (checks diff export gc subject) do if "%~1"=="%%c" set "QUERN_FLAGS="
"%QUERN_JAVA%" %QUERN_FLAGS% %QUERN_OPTS% -jar "%~dp0..\lib\quern.jar" %*
exit /b %ERRORLEVEL%
