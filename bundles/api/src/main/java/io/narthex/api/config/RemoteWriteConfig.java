package io.narthex.api.config;

import io.narthex.model.relabel.RelabelRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint that samples are sent to. Times are milliseconds.
 *
 * @param protobufMessage {@code prometheus.WriteRequest} or {@code io.prometheus.write.v2.Request}
 * @param name empty where it is to be derived
 */
public record RemoteWriteConfig(
    String url,
    long remoteTimeout,
    Map<String, String> headers,
    List<RelabelRule> writeRelabelRules,
    String name,
    boolean sendExemplars,
    boolean sendNativeHistograms,
    boolean roundRobinDns,
    String protobufMessage,
    boolean failedRequestLogging,
    HttpClientConfig http,
    Queue queue,
    Metadata metadata,
    @Nullable SigV4Config sigv4,
    @Nullable AzureAdConfig azureAd,
    @Nullable GoogleIamConfig googleIam) {

  public static final String VERSION_1 = "prometheus.WriteRequest";
  public static final String VERSION_2 = "io.prometheus.write.v2.Request";

  public RemoteWriteConfig {
    headers = Map.copyOf(headers);
    writeRelabelRules = List.copyOf(writeRelabelRules);
  }

  /** How samples are queued and batched. */
  public record Queue(
      long capacity,
      long maxShards,
      long minShards,
      long maxSamplesPerSend,
      long batchSendDeadline,
      long minBackoff,
      long maxBackoff,
      boolean retryOnRateLimit,
      long sampleAgeLimit) {

    public static final Queue DEFAULT = new Queue(10_000, 50, 1, 2000, 5000, 30, 5000, false, 0);
  }

  /** How metadata is sent with version 1. */
  public record Metadata(boolean send, long sendInterval, long maxSamplesPerSend) {
    public static final Metadata DEFAULT = new Metadata(true, 60_000, 2000);
  }
}
