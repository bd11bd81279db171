package io.narthex.web.api.internal;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.query.QueryException;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.scrape.TargetsView.ActiveTarget;
import io.narthex.api.scrape.TargetsView.DroppedTarget;
import io.narthex.api.scrape.TargetsView.TargetMetadata;
import io.narthex.api.web.WebServerView;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.MetricMetadata;
import io.narthex.model.relabel.RelabelRule;
import io.narthex.model.relabel.Relabeling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Targets, their metadata, scrape pools. */
final class TargetEndpoints {

  private final Backends backends;
  private final WebServerView web;

  TargetEndpoints(Backends backends, WebServerView web) {
    this.backends = backends;
    this.web = web;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/targets", this::targets),
        Route.get("/targets/metadata", this::targetsMetadata),
        Route.get("/targets/relabel_steps", this::relabelSteps),
        Route.get("/scrape_pools", this::scrapePools),
        Route.get("/scrape_pools/config", this::scrapePoolConfig),
        Route.get("/metadata", this::metadata));
  }

  private Answer targets(ApiRequest r) throws ApiException {
    TargetsView view = backends.targets();
    String state = r.get("state").toLowerCase(Locale.ROOT);
    boolean any = state.isEmpty() || state.equals("any");
    String pool = r.get("scrapePool").isEmpty() ? null : r.get("scrapePool");
    List<ActiveTarget> active =
        any || state.equals("active") ? view.active(pool) : List.<ActiveTarget>of();
    boolean showDropped = any || state.equals("dropped");
    List<DroppedTarget> dropped = showDropped ? view.dropped(pool) : List.<DroppedTarget>of();
    Map<String, Integer> counts = new TreeMap<>(view.droppedCounts());
    GlobalUrl global = new GlobalUrl(web);
    return Answer.of(json -> {
      json.beginObject().key("activeTargets").beginArray();
      for (ActiveTarget t : active) {
        active(json, t, global);
      }
      json.endArray().key("droppedTargets").beginArray();
      for (DroppedTarget t : dropped) {
        json.beginObject().key("discoveredLabels");
        ResultWriter.labels(json, t.discoveredLabels());
        json.key("scrapePool").string(t.pool()).endObject();
      }
      json.endArray().key("droppedTargetCounts");
      if (showDropped) {
        json.beginObject();
        for (Map.Entry<String, Integer> e : counts.entrySet()) {
          json.key(e.getKey()).number((long) e.getValue());
        }
        json.endObject();
      } else {
        json.nullValue();
      }
      json.endObject();
    });
  }

  private static void active(JsonWriter json, ActiveTarget t, GlobalUrl global) throws IOException {
    json.beginObject().key("discoveredLabels");
    ResultWriter.labels(json, t.discoveredLabels());
    json.key("labels");
    ResultWriter.labels(json, t.labels());
    json.key("scrapePool").string(t.pool());
    json.key("scrapeUrl").string(t.scrapeUrl());
    json.key("globalUrl").string(global.of(t.scrapeUrl()));
    json.key("lastError").string(t.lastError());
    json.key("lastScrape").string(Numbers.rfc3339(t.lastScrape()));
    json.key("lastScrapeDuration").number(t.lastScrapeSeconds());
    json.key("health").string(t.health().name().toLowerCase(Locale.ROOT));
    json.key("scrapeInterval").string(t.interval());
    json.key("scrapeTimeout").string(t.timeout());
    json.endObject();
  }

  private Answer targetsMetadata(ApiRequest r) throws ApiException {
    int limit = r.plainLimit("limit", "limit must be a number");
    String metric = r.get("metric");
    String match = r.get("match_target");
    List<LabelMatcher> matchers = List.of();
    if (!match.isEmpty()) {
      try {
        matchers = backends.language().parseSelector(match);
      } catch (QueryException e) {
        throw ApiException.parameter("match_target", String.valueOf(e.getMessage()));
      }
    }
    List<TargetMetadata> found = new ArrayList<>();
    for (TargetMetadata m : backends.targets().metadata()) {
      if (limit >= 0 && found.size() >= limit) {
        break;
      }
      if ((metric.isEmpty() || metric.equals(m.family())) && accepts(matchers, m.target())) {
        found.add(m);
      }
    }
    return Answer.of(json -> {
      json.beginArray();
      for (TargetMetadata m : found) {
        json.beginObject().key("target");
        ResultWriter.labels(json, m.target());
        if (metric.isEmpty()) {
          json.key("metric").string(m.family());
        }
        json.key("type").string(m.metadata().type().text());
        json.key("help").string(m.metadata().help());
        json.key("unit").string(m.metadata().unit()).endObject();
      }
      json.endArray();
    });
  }

  private static boolean accepts(List<LabelMatcher> matchers, Labels labels) {
    for (LabelMatcher m : matchers) {
      if (!m.matches(labels.get(m.name()))) {
        return false;
      }
    }
    return true;
  }

  private Answer metadata(ApiRequest r) throws ApiException {
    int limit = r.plainLimit("limit", "limit must be a number");
    int limitPerMetric = r.plainLimit("limit_per_metric", "limit_per_metric must be a number");
    String metric = r.get("metric");
    Map<String, Set<MetricMetadata>> families = new TreeMap<>();
    for (TargetMetadata m : backends.targets().metadata()) {
      if (!metric.isEmpty() && !metric.equals(m.family())) {
        continue;
      }
      Set<MetricMetadata> known = families.computeIfAbsent(m.family(), k -> new LinkedHashSet<>());
      if (limitPerMetric <= 0 || known.size() < limitPerMetric) {
        known.add(m.metadata());
      }
    }
    return Answer.of(json -> {
      json.beginObject();
      int n = 0;
      for (Map.Entry<String, Set<MetricMetadata>> e : families.entrySet()) {
        if (limit >= 0 && n++ >= limit) {
          break;
        }
        json.key(e.getKey()).beginArray();
        for (MetricMetadata m : e.getValue()) {
          json.beginObject().key("type").string(m.type().text());
          json.key("unit").string(m.unit()).key("help").string(m.help()).endObject();
        }
        json.endArray();
      }
      json.endObject();
    });
  }

  private Answer scrapePools(ApiRequest r) throws ApiException {
    List<String> pools = backends.targets().pools();
    return Answer.of(json -> {
      json.beginObject().key("scrapePools").beginArray();
      for (String pool : pools) {
        json.string(pool);
      }
      json.endArray().endObject();
    });
  }

  private Answer scrapePoolConfig(ApiRequest r) throws ApiException {
    String pool = pool(r);
    String yaml = YamlSection.scrapeJob(backends.transactions().effectiveYaml(), pool);
    if (yaml == null) {
      throw unknownPool(pool);
    }
    return Answer.of(json -> json.beginObject().key("yaml").string(yaml).endObject());
  }

  private static String pool(ApiRequest r) throws ApiException {
    String pool = r.get("scrapePool");
    if (pool.isEmpty()) {
      throw ApiException.badData("no scrapePool parameter provided");
    }
    return pool;
  }

  private static ApiException unknownPool(String pool) {
    return ApiException.badData("scrape pool " + GoQuote.quote(pool) + " not found");
  }

  private Answer relabelSteps(ApiRequest r) throws ApiException {
    String pool = pool(r);
    if (r.get("labels").isEmpty()) {
      throw ApiException.badData("no labels parameter provided");
    }
    Labels labels = LabelsJson.parse(r.get("labels"));
    ScrapeConfig config = backends.configuration().current().scrapeConfig(pool);
    if (config == null) {
      throw unknownPool(pool);
    }
    List<RelabelRule> rules = config.relabelRules();
    return Answer.of(json -> steps(json, rules, labels));
  }

  private static void steps(JsonWriter json, List<RelabelRule> rules, Labels labels)
      throws IOException {
    json.beginObject().key("steps").beginArray();
    LabelsBuilder builder = new LabelsBuilder(labels);
    boolean keep = true;
    for (RelabelRule rule : rules) {
      keep = keep && Relabeling.apply(rule, builder);
      json.beginObject().key("rule");
      rule(json, rule);
      json.key("output");
      ResultWriter.labels(json, keep ? builder.build() : Labels.EMPTY);
      json.key("keep").bool(keep).endObject();
    }
    json.endArray().endObject();
  }

  private static void rule(JsonWriter json, RelabelRule rule) throws IOException {
    json.beginObject();
    if (!rule.sourceLabels().isEmpty()) {
      json.key("sourceLabels").beginArray();
      for (String name : rule.sourceLabels()) {
        json.string(name);
      }
      json.endArray();
    }
    json.key("separator").string(rule.separator());
    json.key("regex").string(rule.regex().source());
    if (rule.modulus() != 0) {
      json.key("modulus").number(rule.modulus());
    }
    if (!rule.targetLabel().isEmpty()) {
      json.key("targetLabel").string(rule.targetLabel());
    }
    json.key("replacement").string(rule.replacement());
    json.key("action").string(rule.action().text());
    json.endObject();
  }
}
