/** The contract of a discovery provider as tests, and the surroundings it runs in there. */
@NullMarked
package io.narthex.discovery.tck;

import org.jspecify.annotations.NullMarked;
