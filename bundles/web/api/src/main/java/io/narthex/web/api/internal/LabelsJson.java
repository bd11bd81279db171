package io.narthex.web.api.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.narthex.model.Labels;
import java.io.IOException;
import java.util.TreeMap;

/** Reads a JSON object of texts. */
final class LabelsJson {

  private LabelsJson() {}

  static Labels parse(String text) throws ApiException {
    TreeMap<String, String> map = new TreeMap<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ApiException.badData("error parsing labels: not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw ApiException.badData("error parsing labels: the value of " + name + " is no text");
        }
        map.put(name, parser.getText());
      }
    } catch (IOException e) {
      throw new ApiException(ApiException.Type.BAD_DATA, "error parsing labels: malformed JSON", e);
    }
    return Labels.of(map);
  }
}
