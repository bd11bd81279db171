package io.narthex.api.config;

/** Requests signed for AWS; empty means not set, so that the environment decides. */
public record SigV4Config(
    String region,
    String accessKey,
    Secret secretKey,
    String profile,
    String roleArn,
    String externalId,
    boolean useFipsStsEndpoint,
    String serviceName) {}
