package io.narthex.api.config;

import java.util.List;

/** How OTLP metrics become series. */
public record OtlpConfig(
    boolean promoteAllResourceAttributes,
    List<String> promoteResourceAttributes,
    List<String> ignoreResourceAttributes,
    Translation translation,
    boolean keepIdentifyingResourceAttributes,
    boolean convertHistogramsToNhcb,
    boolean promoteScopeMetadata,
    boolean labelNameUnderscoreSanitization,
    boolean labelNamePreserveMultipleUnderscores) {

  public static final OtlpConfig DEFAULT =
      new OtlpConfig(
          false,
          List.of(),
          List.of(),
          Translation.UNDERSCORE_ESCAPING_WITH_SUFFIXES,
          false,
          false,
          false,
          true,
          true);

  public OtlpConfig {
    promoteResourceAttributes = List.copyOf(promoteResourceAttributes);
    ignoreResourceAttributes = List.copyOf(ignoreResourceAttributes);
  }

  /** What becomes of names that are not legacy names. */
  public enum Translation {
    UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", false),
    UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", false),
    NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", true),
    NO_TRANSLATION("NoTranslation", true);

    private final String text;
    private final boolean needsUtf8;

    Translation(String text, boolean needsUtf8) {
      this.text = text;
      this.needsUtf8 = needsUtf8;
    }

    /** The name in configuration files. */
    public String text() {
      return text;
    }

    /** Whether it makes names that only the UTF-8 scheme allows. */
    public boolean needsUtf8() {
      return needsUtf8;
    }
  }
}
