package io.narthex.api.config;

/**
 * Tokens of a Google service account.
 *
 * @param credentialsFile empty for the default credentials
 */
public record GoogleIamConfig(String credentialsFile) {}
