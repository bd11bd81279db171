package io.narthex.api.config;

/**
 * One element of a {@code *_sd_configs} list, or the whole of a {@code static_configs} list.
 *
 * @param kind what stands before {@code _sd_configs}; {@code static} for static_configs
 * @param node the element; its provider reads it when it is installed
 */
public record DiscoverySection(String kind, ConfigNode node) {}
