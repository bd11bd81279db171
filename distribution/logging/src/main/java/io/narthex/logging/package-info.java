/**
 * How log lines look: logfmt or JSON with the reference's fields. It lies on the launcher's class
 * path beside logback, not in a bundle, because lines are written before the first bundle starts
 * and after the last has stopped. Bundles switch level and format without seeing this package: by
 * the level of logback's root logger, and by the object {@code log.format} of its context.
 */
@NullMarked
package io.narthex.logging;

import org.jspecify.annotations.NullMarked;
