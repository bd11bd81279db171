package io.narthex.api.config;

import org.jspecify.annotations.Nullable;

/** Tokens from Microsoft Entra; exactly one of the ways to get them is set. */
public record AzureAdConfig(
    @Nullable ManagedIdentity managedIdentity,
    @Nullable WorkloadIdentity workloadIdentity,
    @Nullable OAuth oauth,
    @Nullable Sdk sdk,
    @Nullable Certificate certificate,
    String cloud,
    String scope) {

  /** The identity of the machine. */
  public record ManagedIdentity(String clientId) {}

  /**
   * The identity of a Kubernetes service account.
   *
   * @param tokenFilePath never empty
   */
  public record WorkloadIdentity(String clientId, String tenantId, String tokenFilePath) {}

  /** A client's secret. */
  public record OAuth(String clientId, Secret clientSecret, String tenantId) {}

  /** What the SDK finds by itself. */
  public record Sdk(String tenantId) {}

  /** A client's certificate. */
  public record Certificate(
      String clientId,
      String tenantId,
      String certificatePath,
      String certificateKeyPath,
      Secret certificatePassword,
      boolean sendCertificateChain) {}
}
