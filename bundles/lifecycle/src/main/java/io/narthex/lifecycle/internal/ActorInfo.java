package io.narthex.lifecycle.internal;

/**
 * What an actor's service says about it.
 *
 * @param bundle symbolic name and version of the bundle that registered it
 */
record ActorInfo(String name, int stage, boolean critical, String bundle) {}
