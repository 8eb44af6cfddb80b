/**
 * Rulesets from a git repository: what is newest on a branch, or among annotated tags, read from
 * its tree. It knows JGit and the port, and nothing of rules. Start with {@link
 * dev.signalbox.adapters.git.GitSource}.
 */
@NullMarked
package dev.signalbox.adapters.git;

import org.jspecify.annotations.NullMarked;
