/**
 * What an administrator sets once, and what a folder overrides: the coordinator, its token, the usual command.
 */
@NullMarked
package io.evenkeel.jenkins.config;

import org.jspecify.annotations.NullMarked;
