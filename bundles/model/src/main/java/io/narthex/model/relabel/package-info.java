/** Relabelling: rules that rewrite, keep or drop a label set. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.model.relabel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
