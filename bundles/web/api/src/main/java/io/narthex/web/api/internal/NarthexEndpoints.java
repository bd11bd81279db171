package io.narthex.web.api.internal;

import io.narthex.api.config.ConfigurationTransactions.Transaction;
import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.discovery.DiscoveryView.ProviderStatus;
import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.WaitingComponent;
import io.narthex.api.storage.StorageMaintenance;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the reference does not have: actors, discovery, the configuration's history, compactions.
 */
final class NarthexEndpoints {

  private final Backends backends;

  NarthexEndpoints(Backends backends) {
    this.backends = backends;
  }

  /** They answer while the server starts: that is when one wants to know who waits for whom. */
  List<Route> routes() {
    return List.of(
        Route.get("/narthex/actors", this::actors).answersAlways(),
        Route.get("/narthex/discovery", this::discovery).answersAlways(),
        Route.get("/narthex/configuration", this::configuration).answersAlways(),
        Route.get("/narthex/compactions", this::compactions).serverOnly());
  }

  private Answer actors(ApiRequest r) throws ApiException {
    RunGroup group = backends.runGroup();
    List<ActorStatus> actors = group.actors();
    List<WaitingComponent> waiting = group.waiting();
    return Answer.of(json -> {
      json.beginObject().key("actors").beginArray();
      for (ActorStatus a : actors) {
        json.beginObject().key("name").string(a.name());
        json.key("stage").number((long) a.stage()).key("critical").bool(a.critical());
        json.key("bundle").string(a.bundle());
        json.key("state").string(word(a.state()));
        json.key("since").string(Numbers.rfc3339(a.since()));
        json.key("restarts").number((long) a.restarts());
        optional(json, "lastError", a.lastError());
        texts(json, "waitsFor", a.waitsFor());
        json.endObject();
      }
      json.endArray().key("waiting").beginArray();
      for (WaitingComponent w : waiting) {
        json.beginObject().key("component").string(w.component());
        json.key("bundle").string(w.bundle());
        texts(json, "missing", w.missing());
        json.endObject();
      }
      json.endArray().endObject();
    });
  }

  private Answer compactions(ApiRequest r) throws ApiException {
    StorageMaintenance.Status status = backends.maintenance().status();
    return Answer.of(json -> {
      json.beginObject().key("state").string(word(status.state()));
      json.key("paused").bool(status.paused());
      StorageMaintenance.Task task = status.task();
      if (task != null) {
        json.key("task").beginObject().key("what").string(task.what());
        json.key("since").string(Numbers.rfc3339(task.since()));
        json.key("series").number(task.series()).endObject();
      }
      json.key("recent").beginArray();
      for (StorageMaintenance.Run run : status.recent()) {
        json.beginObject().key("what").string(run.what());
        json.key("since").string(Numbers.rfc3339(run.since()));
        json.key("seconds").number(run.took().toNanos() / 1e9);
        optional(json, "error", run.error());
        json.endObject();
      }
      json.endArray().endObject();
    });
  }

  private Answer discovery(ApiRequest r) throws ApiException {
    DiscoveryView view = backends.discovery();
    List<ProviderStatus> providers = view.providers();
    List<SectionStatus> sections = view.sections();
    return Answer.of(json -> {
      json.beginObject().key("providers").beginArray();
      for (ProviderStatus p : providers) {
        json.beginObject().key("kind").string(p.kind());
        json.key("bundle").string(p.bundle()).endObject();
      }
      json.endArray().key("sections").beginArray();
      for (SectionStatus s : sections) {
        section(json, s);
      }
      json.endArray().endObject();
    });
  }

  private static void section(JsonWriter json, SectionStatus s) throws IOException {
    json.beginObject().key("manager").string(s.manager()).key("kind").string(s.kind());
    json.key("name").string(s.name());
    texts(json, "sets", s.sets());
    json.key("bundle").string(s.bundle()).key("state").string(word(s.state()));
    json.key("targets").number((long) s.targets());
    if (s.lastUpdate() != null) {
      json.key("lastUpdate").string(Numbers.rfc3339(s.lastUpdate()));
    }
    optional(json, "lastError", s.lastError());
    json.endObject();
  }

  private Answer configuration(ApiRequest r) throws ApiException {
    List<Transaction> history = backends.transactions().history();
    return Answer.of(json -> {
      json.beginObject().key("transactions").beginArray();
      for (Transaction t : history) {
        json.beginObject().key("time").string(Numbers.rfc3339(t.time()));
        json.key("trigger").string(t.trigger()).key("committed").bool(t.committed());
        optional(json, "error", t.error());
        json.key("durationSeconds").number(t.duration().toNanos() / 1e9);
        texts(json, "difference", t.difference());
        json.endObject();
      }
      json.endArray().endObject();
    });
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void optional(JsonWriter json, String key, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.key(key).string(value);
    }
  }

  private static void texts(JsonWriter json, String key, List<String> texts) throws IOException {
    json.key(key).beginArray();
    for (String text : texts) {
      json.string(text);
    }
    json.endArray();
  }
}
