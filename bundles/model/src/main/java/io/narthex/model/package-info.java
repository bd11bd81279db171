/**
 * The values that every part of the server speaks of: labels, matchers, samples, metadata, text
 * forms.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
