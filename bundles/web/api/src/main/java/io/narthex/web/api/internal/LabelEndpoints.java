package io.narthex.web.api.internal;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Querier.LabelResult;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelMatcher;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.NameValidation;
import io.narthex.model.Utf8Order;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Label names, label values, series. */
final class LabelEndpoints {

  private static final String TRUNCATED = "results truncated due to limit";

  private final Backends backends;

  LabelEndpoints(Backends backends) {
    this.backends = backends;
  }

  List<Route> routes() {
    return List.of(
        Route.form("/labels", this::labelNames).serverOnly(),
        Route.get("/label/:name/values", this::labelValues).serverOnly(),
        Route.form("/series", this::series).serverOnly());
  }

  /** Asks for the values of one set of matchers. */
  private interface Lookup {
    LabelResult look(Querier querier, int limit, List<LabelMatcher> matchers)
        throws StorageException;
  }

  private Answer labelNames(ApiRequest r) throws ApiException {
    return values(r, r.limit(), (querier, limit, m) -> querier.labelNames(limit, m));
  }

  private Answer labelValues(ApiRequest r) throws ApiException {
    String name = EscapedNames.unescape(r.pathPart());
    if (!LabelNames.isValidLabelName(name, NameValidation.UTF8)) {
      throw ApiException.badData("invalid label name: " + GoQuote.quote(name));
    }
    return values(r, r.limit(), (querier, limit, m) -> querier.labelValues(name, limit, m));
  }

  private Answer values(ApiRequest r, int limit, Lookup lookup) throws ApiException {
    long start = r.time("start", Numbers.MIN_TIME);
    long end = r.time("end", Numbers.MAX_TIME);
    List<List<LabelMatcher>> sets =
        r.all("match[]").isEmpty() ? List.of(List.of()) : r.matchers(backends.language());
    Set<String> warnings = new LinkedHashSet<>();
    List<String> found;
    try (Querier querier = backends.storage().querier(start, end)) {
      // One more than asked for, to know whether something was cut.
      int most = limit == 0 ? 0 : limit + 1;
      if (sets.size() == 1) {
        LabelResult result = lookup.look(querier, most, sets.getFirst());
        warnings.addAll(result.warnings());
        found = result.values();
      } else {
        TreeSet<String> union = new TreeSet<>(Utf8Order::compare);
        for (List<LabelMatcher> matchers : sets) {
          LabelResult result = lookup.look(querier, most, matchers);
          warnings.addAll(result.warnings());
          union.addAll(result.values());
        }
        found = List.copyOf(union);
      }
    } catch (StorageException e) {
      throw Failures.of(e);
    }
    boolean cut = limit > 0 && found.size() > limit;
    if (cut) {
      warnings.add(TRUNCATED);
    }
    List<String> shown = cut ? found.subList(0, limit) : found;
    return Answer.of(
        json -> {
          json.beginArray();
          for (String value : shown) {
            json.string(value);
          }
          json.endArray();
        },
        List.copyOf(warnings));
  }

  private Answer series(ApiRequest r) throws ApiException {
    if (r.all("match[]").isEmpty()) {
      throw ApiException.badData("no match[] parameter provided");
    }
    int limit = r.limit();
    long start = r.time("start", Numbers.MIN_TIME);
    long end = r.time("end", Numbers.MAX_TIME);
    List<List<LabelMatcher>> sets;
    try {
      sets = r.matchers(backends.language());
    } catch (ApiException e) {
      throw e.type() == ApiException.Type.BAD_DATA
          ? ApiException.parameter("match[]", e.text())
          : e;
    }
    int most = limit == 0 ? Integer.MAX_VALUE : limit + 1;
    Set<String> warnings = new LinkedHashSet<>();
    List<Labels> found;
    try (Querier querier = backends.storage().querier(start, end)) {
      SelectHints hints = SelectHints.labelsOnly(start, end, limit == 0 ? 0 : most);
      if (sets.size() == 1) {
        found = collect(querier.select(hints, sets.getFirst()), most, warnings);
      } else {
        TreeSet<Labels> union = new TreeSet<>();
        for (List<LabelMatcher> matchers : sets) {
          union.addAll(collect(querier.select(hints, matchers), most, warnings));
        }
        found = List.copyOf(union);
      }
    } catch (StorageException e) {
      throw Failures.of(e);
    }
    boolean cut = limit > 0 && found.size() > limit;
    if (cut) {
      warnings.add(TRUNCATED);
    }
    List<Labels> shown = cut ? found.subList(0, limit) : found;
    return Answer.of(
        json -> {
          json.beginArray();
          for (Labels labels : shown) {
            ResultWriter.labels(json, labels);
          }
          json.endArray();
        },
        List.copyOf(warnings));
  }

  private static List<Labels> collect(SeriesSet set, int most, Set<String> warnings)
      throws StorageException {
    List<Labels> labels = new ArrayList<>();
    while (labels.size() < most && set.next()) {
      labels.add(set.current().labels());
    }
    warnings.addAll(set.warnings());
    return labels;
  }
}
