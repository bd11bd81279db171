package io.narthex.config.internal.entry;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Secret;
import io.narthex.config.internal.read.LayeredFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The map of an entry: the fields of its form and those of its YAML, each key in one of them. */
final class EntryNode implements ConfigNode {

  private final ConfigNode form;
  private final ConfigNode yaml;

  EntryNode(ConfigNode form, ConfigNode yaml) {
    this.form = form;
    this.yaml = yaml;
  }

  @Override
  public Fields fields(String type) throws ConfigurationException {
    Fields ofForm = form.fields(type);
    Fields ofYaml = yaml.fields(type);
    for (String key : ofYaml.names()) {
      if (ofForm.has(key)) {
        throw yaml.error("field " + key + " is set in the form and in its yaml");
      }
    }
    return new LayeredFields(form, ofForm, ofYaml);
  }

  @Override
  public String file() {
    return form.file();
  }

  @Override
  public int line() {
    return form.line();
  }

  @Override
  public int column() {
    return form.column();
  }

  @Override
  public String key() {
    return form.key();
  }

  @Override
  public Path directory() {
    return form.directory();
  }

  @Override
  public boolean isNull() {
    return false;
  }

  @Override
  public List<ConfigNode> list() throws ConfigurationException {
    return form.list();
  }

  @Override
  public String text() throws ConfigurationException {
    return form.text();
  }

  @Override
  public boolean bool() throws ConfigurationException {
    return form.bool();
  }

  @Override
  public long unsigned() throws ConfigurationException {
    return form.unsigned();
  }

  @Override
  public long integer() throws ConfigurationException {
    return form.integer();
  }

  @Override
  public double number() throws ConfigurationException {
    return form.number();
  }

  @Override
  public long duration() throws ConfigurationException {
    return form.duration();
  }

  @Override
  public long bytes() throws ConfigurationException {
    return form.bytes();
  }

  @Override
  public String path() throws ConfigurationException {
    return form.path();
  }

  @Override
  public Secret secret() throws ConfigurationException {
    return form.secret();
  }

  @Override
  public List<String> texts() throws ConfigurationException {
    return form.texts();
  }

  @Override
  public Map<String, String> textMap() throws ConfigurationException {
    return form.textMap();
  }

  @Override
  public ConfigurationException error(String message) {
    return form.error(message);
  }

  @Override
  public @Nullable Object data() {
    return form.data();
  }
}
