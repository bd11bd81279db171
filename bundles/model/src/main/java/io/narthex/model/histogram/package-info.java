/** Native histograms: integer and float, exponential and custom buckets. */
@Export
@Version("0.1.0")
@NullMarked
package io.narthex.model.histogram;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
