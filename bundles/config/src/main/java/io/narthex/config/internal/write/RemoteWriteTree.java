package io.narthex.config.internal.write;

import io.narthex.api.config.AzureAdConfig;
import io.narthex.api.config.GoogleIamConfig;
import io.narthex.api.config.RemoteWriteConfig;
import io.narthex.api.config.SigV4Config;
import org.jspecify.annotations.Nullable;

/** Endpoints that samples are sent to. */
final class RemoteWriteTree {

  private RemoteWriteTree() {}

  static Tree endpoint(Tree parent, RemoteWriteConfig c) {
    Tree t = parent.child();
    t.always("url", HttpTree.url(t, c.url()))
        .duration("remote_timeout", c.remoteTimeout())
        .sorted("headers", c.headers());
    RelabelTree.put(t, "write_relabel_configs", c.writeRelabelRules());
    t.text("name", c.name())
        .flag("send_exemplars", c.sendExemplars())
        .flag("send_native_histograms", c.sendNativeHistograms())
        .flag("round_robin_dns", c.roundRobinDns())
        .text("protobuf_message", c.protobufMessage())
        .flag("failed_request_logging", c.failedRequestLogging());
    HttpTree.put(t, c.http());
    RemoteWriteConfig.Queue q = c.queue();
    t.tree(
        "queue_config",
        parent
            .child()
            .number("capacity", q.capacity())
            .number("max_shards", q.maxShards())
            .number("min_shards", q.minShards())
            .number("max_samples_per_send", q.maxSamplesPerSend())
            .duration("batch_send_deadline", q.batchSendDeadline())
            .duration("min_backoff", q.minBackoff())
            .duration("max_backoff", q.maxBackoff())
            .flag("retry_on_http_429", q.retryOnRateLimit())
            .duration("sample_age_limit", q.sampleAgeLimit()));
    RemoteWriteConfig.Metadata m = c.metadata();
    t.always(
        "metadata_config",
        parent
            .child()
            .always("send", m.send())
            .always("send_interval", io.narthex.model.PromDuration.format(m.sendInterval()))
            .number("max_samples_per_send", m.maxSamplesPerSend())
            .map());
    sigv4(t, c.sigv4());
    azure(t, c.azureAd());
    GoogleIamConfig google = c.googleIam();
    if (google != null) {
      t.always(
          "google_iam", parent.child().text("credentials_file", google.credentialsFile()).map());
    }
    return t;
  }

  static void sigv4(Tree parent, @Nullable SigV4Config c) {
    if (c == null) {
      return;
    }
    Tree t = parent.child();
    t.text("region", c.region())
        .text("access_key", c.accessKey())
        .secret("secret_key", c.secretKey())
        .text("profile", c.profile())
        .text("role_arn", c.roleArn())
        .text("external_id", c.externalId())
        .flag("use_fips_sts_endpoint", c.useFipsStsEndpoint())
        .text("service_name", c.serviceName());
    parent.always("sigv4", t.map());
  }

  private static void azure(Tree parent, @Nullable AzureAdConfig c) {
    if (c == null) {
      return;
    }
    Tree t = parent.child();
    if (c.managedIdentity() != null) {
      t.always(
          "managed_identity",
          parent.child().text("client_id", c.managedIdentity().clientId()).map());
    }
    if (c.workloadIdentity() != null) {
      t.tree(
          "workload_identity",
          parent
              .child()
              .text("client_id", c.workloadIdentity().clientId())
              .text("tenant_id", c.workloadIdentity().tenantId())
              .text("token_file_path", c.workloadIdentity().tokenFilePath()));
    }
    if (c.oauth() != null) {
      t.tree(
          "oauth",
          parent
              .child()
              .text("client_id", c.oauth().clientId())
              .secret("client_secret", c.oauth().clientSecret())
              .text("tenant_id", c.oauth().tenantId()));
    }
    if (c.sdk() != null) {
      t.always("sdk", parent.child().text("tenant_id", c.sdk().tenantId()).map());
    }
    certificate(t, c.certificate());
    t.text("cloud", c.cloud()).text("scope", c.scope());
    parent.always("azuread", t.map());
  }

  private static void certificate(Tree parent, AzureAdConfig.@Nullable Certificate c) {
    if (c != null) {
      parent.tree(
          "certificate",
          parent
              .child()
              .text("client_id", c.clientId())
              .text("tenant_id", c.tenantId())
              .text("certificate_path", c.certificatePath())
              .text("certificate_key_path", c.certificateKeyPath())
              .secret("certificate_password", c.certificatePassword())
              .flag("send_certificate_chain", c.sendCertificateChain()));
    }
  }
}
