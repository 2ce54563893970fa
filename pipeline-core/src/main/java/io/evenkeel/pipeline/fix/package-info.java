/**
 * Reads the git repository around a project, and brings proven heals back as a branch of their own.
 *
 * <p>May use JGit. Writes objects and one ref; the user's files, index and current branch are never touched, and the git
 * configuration of the user and of the machine is not read for it.
 */
@NullMarked
package io.evenkeel.pipeline.fix;

import org.jspecify.annotations.NullMarked;
