/**
 * The command line: the only main of Quern, one class per command; read {@link
 * dev.quern.cli.Quern}, {@link dev.quern.cli.Session} and {@link dev.quern.cli.RunCommand} first.
 */
@NullMarked
package dev.quern.cli;

import org.jspecify.annotations.NullMarked;
