package io.narthex.web.api.internal;

import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.config.ConfigurationTransactions.Transaction;
import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.config.StorageConfig;
import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.storage.HeadStatistics;
import io.narthex.api.storage.HeadStatistics.Count;
import io.narthex.api.storage.HeadStatistics.ReplayProgress;
import io.narthex.api.storage.HeadStatistics.Statistics;
import io.narthex.api.telemetry.BuildInfo;
import io.narthex.model.ByteSize;
import io.narthex.model.GoFloat;
import io.narthex.model.PromDuration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says of itself. */
final class StatusEndpoints {

  private static final int MAX_LIMIT = 10_000;
  private static final int DEFAULT_LIMIT = 10;

  private final Backends backends;
  private final ServerFlags flags;
  private final BuildInfo build;
  private final InstantSource clock;

  StatusEndpoints(Backends backends, ServerFlags flags, BuildInfo build, InstantSource clock) {
    this.backends = backends;
    this.flags = flags;
    this.build = build;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/status/config", this::config),
        Route.get("/status/flags", this::flags),
        Route.get("/status/runtimeinfo", this::runtimeInfo),
        Route.get("/status/buildinfo", this::buildInfo),
        Route.get("/status/tsdb", this::tsdb).serverOnly(),
        Route.get("/status/walreplay", this::walReplay).answersAlways(),
        Route.get("/features", this::features),
        Route.get("/notifications", this::notifications).answersAlways(),
        Route.get("/notifications/live", r -> Answer.nothing()).answersAlways());
  }

  private Answer config(ApiRequest r) throws ApiException {
    String yaml = backends.transactions().effectiveYaml();
    return Answer.of(json -> json.beginObject().key("yaml").string(yaml).endObject());
  }

  private Answer flags(ApiRequest r) {
    return Answer.of(json -> {
      json.beginObject();
      for (Map.Entry<String, String> e : flags.all().entrySet()) {
        json.key(e.getKey()).string(e.getValue());
      }
      json.endObject();
    });
  }

  private Answer runtimeInfo(ApiRequest r) {
    ConfigurationTransactions transactions = backends.transactions;
    List<Transaction> history = transactions == null ? List.of() : transactions.history();
    boolean success = history.isEmpty() || history.getFirst().committed();
    Instant last =
        history.stream()
            .filter(Transaction::committed)
            .map(Transaction::time)
            .findFirst()
            .orElse(null);
    Instant started = ProcessHandle.current().info().startInstant().orElse(null);
    return Answer.of(json -> {
      json.beginObject().key("startTime").string(Numbers.rfc3339(started));
      json.key("CWD").string(Path.of("").toAbsolutePath().toString());
      json.key("hostname").string(hostname());
      json.key("serverTime").string(Numbers.rfc3339(clock.instant()));
      json.key("reloadConfigSuccess").bool(success);
      json.key("lastConfigTime").string(Numbers.rfc3339(last));
      json.key("corruptionCount").number(0L);
      json.key("goroutineCount")
          .number((long) ManagementFactory.getThreadMXBean().getThreadCount());
      json.key("GOMAXPROCS").number((long) Runtime.getRuntime().availableProcessors());
      json.key("GOMEMLIMIT").number(Runtime.getRuntime().maxMemory());
      json.key("GOGC").string("").key("GODEBUG").string("");
      json.key("storageRetention").string(retention()).endObject();
    });
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown"; // The machine has no name that resolves; it is for show only.
    }
  }

  /** What is kept, by the configuration in effect; by the flags until there is one. */
  private String retention() {
    EffectiveConfiguration configuration = backends.configuration;
    if (configuration == null) {
      return flagRetention();
    }
    StorageConfig.Retention r = configuration.current().storage().tsdb().retention();
    List<String> bounds = new ArrayList<>();
    if (r.time() != 0) {
      bounds.add(PromDuration.format(r.time()));
    }
    if (r.size() != 0) {
      bounds.add(ByteSize.format(r.size()));
    }
    if (r.percentage() != 0) {
      bounds.add(GoFloat.g(r.percentage()) + "%");
    }
    return String.join(" or ", bounds);
  }

  private String flagRetention() {
    String time = flags.get("storage.tsdb.retention.time");
    String size = flags.get("storage.tsdb.retention.size");
    boolean hasTime = !time.isEmpty() && !time.equals("0s") && !time.equals("0");
    boolean hasSize = !size.isEmpty() && !size.equals("0B") && !size.equals("0");
    if (hasTime && hasSize) {
      return time + " or " + size;
    }
    return hasSize ? size : hasTime ? time : "15d";
  }

  private Answer buildInfo(ApiRequest r) {
    return Answer.of(json -> buildInfo(json, build));
  }

  static void buildInfo(JsonWriter json, BuildInfo build) throws IOException {
    json.beginObject().key("version").string(build.compatibleVersion());
    json.key("revision").string(build.revision());
    json.key("branch").string(build.branch());
    json.key("buildUser").string(build.buildUser());
    json.key("buildDate").string(build.buildDate());
    json.key("goVersion").string(build.javaVersion()).endObject();
  }

  private Answer tsdb(ApiRequest r) throws ApiException {
    int limit = DEFAULT_LIMIT;
    if (!r.get("limit").isEmpty()) {
      limit = r.plainLimit("limit", "limit must be a positive number");
      if (limit < 1) {
        throw ApiException.badData("limit must be a positive number");
      }
      if (limit > MAX_LIMIT) {
        throw ApiException.badData("limit must not exceed " + MAX_LIMIT);
      }
    }
    Statistics s = backends.head().statistics(limit);
    return Answer.of(json -> {
      json.beginObject().key("headStats").beginObject();
      json.key("numSeries").number(s.numSeries());
      json.key("numLabelPairs").number((long) s.numLabelPairs());
      json.key("chunkCount").number(s.chunkCount());
      json.key("minTime").number(s.minTime());
      json.key("maxTime").number(s.maxTime()).endObject();
      counts(json, "seriesCountByMetricName", s.seriesCountByMetricName());
      counts(json, "labelValueCountByLabelName", s.labelValueCountByLabelName());
      counts(json, "memoryInBytesByLabelName", s.memoryInBytesByLabelName());
      counts(json, "seriesCountByLabelValuePair", s.seriesCountByLabelValuePair());
      json.endObject();
    });
  }

  private static void counts(JsonWriter json, String key, List<Count> counts) throws IOException {
    json.key(key).beginArray();
    for (Count c : counts) {
      json.beginObject().key("name").string(c.name()).key("value").number(c.value()).endObject();
    }
    json.endArray();
  }

  private Answer walReplay(ApiRequest r) {
    HeadStatistics head = backends.head;
    ReplayProgress p = head == null ? new ReplayProgress(0, 0, 0) : head.replayProgress();
    return Answer.of(json -> {
      json.beginObject().key("min").number((long) p.min());
      json.key("max").number((long) p.max());
      json.key("current").number((long) p.current()).endObject();
    });
  }

  private Answer features(ApiRequest r) {
    Map<String, Map<String, Boolean>> features = Features.of(backends, flags);
    return Answer.of(json -> {
      json.beginObject();
      for (Map.Entry<String, Map<String, Boolean>> category : features.entrySet()) {
        json.key(category.getKey()).beginObject();
        for (Map.Entry<String, Boolean> e : category.getValue().entrySet()) {
          json.key(e.getKey()).bool(e.getValue());
        }
        json.endObject();
      }
      json.endObject();
    });
  }

  private Answer notifications(ApiRequest r) {
    Readiness.State state = backends.state();
    ConfigurationTransactions transactions = backends.transactions;
    List<Transaction> history = transactions == null ? List.of() : transactions.history();
    Instant now = clock.instant();
    return Answer.of(json -> {
      json.beginArray();
      if (state == Readiness.State.NOT_READY) {
        notification(json, "Prometheus is starting and replaying the write-ahead log (WAL).", now);
      }
      if (!history.isEmpty() && !history.getFirst().committed()) {
        notification(json, "Configuration reload has failed.", history.getFirst().time());
      }
      if (state == Readiness.State.STOPPING) {
        notification(
            json, "Prometheus is shutting down and gracefully stopping all operations.", now);
      }
      json.endArray();
    });
  }

  private static void notification(JsonWriter json, String text, @Nullable Instant since)
      throws IOException {
    json.beginObject().key("text").string(text);
    json.key("date").string(Numbers.rfc3339(since)).key("active").bool(true).endObject();
  }
}
