package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lineage of a run as one OpenLineage event (specification 2-0-2): which sources went into
 * which dataset and model. It names files, fields and types, never values.
 */
final class Lineage {
  private static final String PRODUCER = "https://quern.dev/quern";
  private static final String SCHEMA =
      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent";
  private static final String FACETS = "https://openlineage.io/spec/facets/";

  private Lineage() {}

  /**
   * One end of the lineage.
   *
   * @param namespace {@code file} or {@code quern}
   * @param name of the source, dataset or model
   * @param version of it, empty if it has none
   * @param schema its fields, or null where it has none
   */
  record End(String namespace, String name, String version, @Nullable Schema schema) {}

  /** Returns the event of the run {@code id} that ended at {@code time} (ISO 8601). */
  static Map<String, Object> event(
      String id, String job, String type, String time, List<End> inputs, List<End> outputs) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put("eventTime", time);
    event.put("producer", PRODUCER);
    event.put("schemaURL", SCHEMA);
    // OpenLineage wants a UUID; the name-based one of the run's id is stable.
    String uuid = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    event.put("run", Map.of("runId", uuid, "facets", Map.of("quern_run", runFacet(id))));
    event.put("job", Map.of("namespace", "quern", "name", job));
    event.put("inputs", inputs.stream().map(Lineage::dataset).toList());
    event.put("outputs", outputs.stream().map(Lineage::dataset).toList());
    return event;
  }

  private static Map<String, Object> runFacet(String id) {
    Map<String, Object> facet = facet("quern-run.json");
    facet.put("id", id);
    return facet;
  }

  private static Map<String, Object> dataset(End end) {
    Map<String, Object> facets = new LinkedHashMap<>();
    if (end.schema() != null) {
      List<Map<String, Object>> fields = new ArrayList<>();
      for (Field field : end.schema().fields()) {
        fields.add(Map.of("name", field.name(), "type", field.type().toString()));
      }
      Map<String, Object> schema = facet("1-1-1/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet");
      schema.put("fields", fields);
      facets.put("schema", schema);
    }
    if (!end.version().isEmpty()) {
      Map<String, Object> version =
          facet("1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet");
      version.put("datasetVersion", end.version());
      facets.put("version", version);
    }
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("namespace", end.namespace());
    dataset.put("name", end.name());
    dataset.put("facets", facets);
    return dataset;
  }

  private static Map<String, Object> facet(String schema) {
    Map<String, Object> facet = new LinkedHashMap<>();
    facet.put("_producer", PRODUCER);
    facet.put("_schemaURL", FACETS + schema);
    return facet;
  }
}
