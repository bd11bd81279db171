package io.narthex.promql.internal.language;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryLanguage;
import io.narthex.model.LabelMatcher;
import io.narthex.promql.internal.parse.LanguageOptions;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** Offers {@link PromqlLanguage} with the feature flags of the query settings. */
@Component(
    configurationPid = "io.narthex.query",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class QueryLanguageComponent implements QueryLanguage {

  /** Feature flags as they were given on the command line. */
  public @interface Config {
    String[] enable$_$feature() default {};
  }

  private final QueryLanguage language;

  @Activate
  public QueryLanguageComponent(Config config) {
    this.language = new PromqlLanguage(options(config.enable$_$feature()));
  }

  /** What a list of feature names allows. */
  public static LanguageOptions options(String[] features) {
    List<String> on = Arrays.asList(features);
    return new LanguageOptions(
        on.contains("promql-experimental-functions"),
        on.contains("promql-extended-range-selectors"),
        on.contains("promql-binop-fill-modifiers"));
  }

  @Override
  public String format(String expression) throws QueryException {
    return language.format(expression);
  }

  @Override
  public String syntaxTreeJson(String expression) throws QueryException {
    return language.syntaxTreeJson(expression);
  }

  @Override
  public List<LabelMatcher> parseSelector(String selector) throws QueryException {
    return language.parseSelector(selector);
  }

  @Override
  public List<List<LabelMatcher>> selectors(String expression) throws QueryException {
    return language.selectors(expression);
  }

  @Override
  public String type(String expression) throws QueryException {
    return language.type(expression);
  }
}
