package io.narthex.web.api.internal;

import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageAdmin.Block;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What is done to the database by hand, for servers that allow it; and the list of its blocks. */
final class AdminEndpoints {

  private static final Set<String> CHANGES = Set.of("POST", "PUT");
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private final Backends backends;
  private final ServerFlags flags;

  AdminEndpoints(Backends backends, ServerFlags flags) {
    this.backends = backends;
    this.flags = flags;
  }

  List<Route> routes() {
    return List.of(
        Route.of("/admin/tsdb/delete_series", CHANGES, this::deleteSeries).serverOnly(),
        Route.of("/admin/tsdb/clean_tombstones", CHANGES, this::cleanTombstones).serverOnly(),
        Route.of("/admin/tsdb/snapshot", CHANGES, this::snapshot).serverOnly(),
        Route.get("/status/tsdb/blocks", this::blocks).serverOnly());
  }

  private void checkAllowed() throws ApiException {
    if (!flags.isOn("web.enable-admin-api")) {
      throw new ApiException(ApiException.Type.UNAVAILABLE, "admin APIs disabled");
    }
  }

  /** All that is asked for is checked before anything is deleted. */
  private Answer deleteSeries(ApiRequest r) throws ApiException {
    checkAllowed();
    if (r.all("match[]").isEmpty()) {
      throw ApiException.badData("no match[] parameter provided");
    }
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
    StorageAdmin admin = backends.admin();
    try {
      for (List<LabelMatcher> matchers : sets) {
        admin.deleteSeries(start, end, matchers);
      }
    } catch (StorageException e) {
      throw internal(e);
    }
    return Answer.nothing();
  }

  private Answer cleanTombstones(ApiRequest r) throws ApiException {
    checkAllowed();
    try {
      backends.admin().cleanTombstones();
    } catch (StorageException e) {
      throw internal(e);
    }
    return Answer.nothing();
  }

  private Answer snapshot(ApiRequest r) throws ApiException {
    checkAllowed();
    boolean skipHead = bool(r, "skip_head");
    String name;
    try {
      name = backends.admin().snapshot(!skipHead);
    } catch (StorageException e) {
      throw internal(e);
    }
    return Answer.of(json -> json.beginObject().key("name").string(name).endObject());
  }

  private static boolean bool(ApiRequest r, String parameter) throws ApiException {
    String text = r.get(parameter);
    if (TRUE.contains(text)) {
      return true;
    }
    if (text.isEmpty() || FALSE.contains(text)) {
      return false;
    }
    throw ApiException.parameter(
        parameter,
        "unable to parse boolean: strconv.ParseBool: parsing "
            + io.narthex.model.GoQuote.quote(text)
            + ": invalid syntax");
  }

  private static ApiException internal(StorageException e) {
    return new ApiException(
        e.kind() == StorageException.Kind.NOT_READY
            ? ApiException.Type.UNAVAILABLE
            : ApiException.Type.INTERNAL,
        String.valueOf(e.getMessage()),
        e);
  }

  private Answer blocks(ApiRequest r) throws ApiException {
    List<Block> blocks = backends.admin().blocks();
    return Answer.of(json -> {
      json.beginObject().key("blocks").beginArray();
      for (Block block : blocks) {
        write(json, block);
      }
      json.endArray().endObject();
    });
  }

  /** As the block's {@code meta.json} has it: what is zero, false or empty is left out. */
  private static void write(JsonWriter json, Block block) throws IOException {
    json.beginObject().key("ulid").string(block.ulid());
    json.key("minTime").number(block.minTime()).key("maxTime").number(block.maxTime());
    json.key("stats").beginObject();
    unlessZero(json, "numSamples", block.contents().samples());
    unlessZero(json, "numFloatSamples", block.contents().floatSamples());
    unlessZero(json, "numHistogramSamples", block.contents().histogramSamples());
    unlessZero(json, "numSeries", block.contents().series());
    unlessZero(json, "numChunks", block.contents().chunks());
    unlessZero(json, "numTombstones", block.contents().tombstones());
    json.endObject().key("compaction").beginObject().key("level").number((long) block.level());
    unlessEmpty(json, "sources", block.sources());
    if (block.deletable()) {
      json.key("deletable").bool(true);
    }
    if (!block.parents().isEmpty()) {
      json.key("parents").beginArray();
      for (StorageAdmin.Parent parent : block.parents()) {
        json.beginObject().key("ulid").string(parent.ulid());
        json.key("minTime").number(parent.minTime());
        json.key("maxTime").number(parent.maxTime()).endObject();
      }
      json.endArray();
    }
    if (block.failed()) {
      json.key("failed").bool(true);
    }
    unlessEmpty(json, "hints", block.hints());
    json.endObject().key("version").number(1L).endObject();
  }

  private static void unlessZero(JsonWriter json, String key, long value) throws IOException {
    if (value != 0) {
      json.key(key).number(value);
    }
  }

  private static void unlessEmpty(JsonWriter json, String key, List<String> values)
      throws IOException {
    if (!values.isEmpty()) {
      json.key(key).beginArray();
      for (String value : values) {
        json.string(value);
      }
      json.endArray();
    }
  }
}
