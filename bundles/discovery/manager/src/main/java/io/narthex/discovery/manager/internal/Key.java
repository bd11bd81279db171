package io.narthex.discovery.manager.internal;

/**
 * What makes two sections one: the same kind and equal settings, or equal text while nobody can
 * read it.
 *
 * @param settings a DiscoveryConfig or ConfigNode
 */
record Key(String kind, Object settings) {}
