package io.narthex.api.query;

import io.narthex.model.LabelMatcher;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** PromQL as text. Every method throws BAD_DATA with the reference's text and position. */
@ProviderType
public interface QueryLanguage {

  /** The expression over several lines, indented, as the reference formats it. */
  String format(String expression) throws QueryException;

  /** The syntax tree as the JSON that {@code /api/v1/parse_query} gives. */
  String syntaxTreeJson(String expression) throws QueryException;

  /** The matchers of one series selector like {@code up{job="a"}}. */
  List<LabelMatcher> parseSelector(String selector) throws QueryException;

  /** The selectors of an expression, each as its matchers. */
  List<List<LabelMatcher>> selectors(String expression) throws QueryException;

  /** The value type of an expression: scalar, string, vector or matrix. */
  String type(String expression) throws QueryException;
}
