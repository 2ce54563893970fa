#!/bin/sh
# What "npm ci" is for you. Here: the packages and the jar that the machine has already.
set -eu
[ -e node_modules ] || ln -s "$EXAMPLE_NODE_MODULES" node_modules
[ -e evenkeel-gitlab.jar ] || ln -s "$EXAMPLE_JAR" evenkeel-gitlab.jar
