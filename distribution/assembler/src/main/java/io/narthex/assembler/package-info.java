/** Part of the build: lays out the bundles of a run description. */
@NullMarked
package io.narthex.assembler;

import org.jspecify.annotations.NullMarked;
