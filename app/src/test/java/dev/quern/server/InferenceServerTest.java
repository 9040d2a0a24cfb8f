package dev.quern.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceServerTest {
  /** One sample: score = 2·40 + 0.5·10 + 10 + 5 = 100. */
  private static final String VALID =
      "{\"id\":\"42\",\"inputs\":["
          + "{\"name\":\"age\",\"shape\":[1,1],\"datatype\":\"INT64\",\"data\":[40]},"
          + "{\"name\":\"hours\",\"shape\":[1,1],\"datatype\":\"FP64\",\"data\":[10.0]},"
          + "{\"name\":\"city\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"Delft\"]},"
          + "{\"name\":\"member\",\"shape\":[1,1],\"datatype\":\"BOOL\",\"data\":[true]}]}";

  private static RunningServer running;

  @BeforeAll
  static void start() throws Exception {
    running = RunningServer.standard();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @ParameterizedTest(name = "GET {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v2/health/live | {\"live\":true}",
        "/v2/health/ready | {\"live\":true,\"ready\":true}",
        "/v2 | {\"name\":\"quern\",\"version\":\"9.9\",\"extensions\":[]}",
        "/v2/models/linear/ready | {\"name\":\"linear\",\"ready\":true}",
        "/v2/models/linear/versions/1/ready | {\"name\":\"linear\",\"ready\":true}",
      })
  void answersEachQuestionWithItsGoldenBody(String path, String golden) throws Exception {
    HttpResponse<String> response = running.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body()).isEqualTo(golden);
  }

  @Test
  void metadataNamesOneTensorPerRawField() throws Exception {
    String golden =
        "{\"name\":\"linear\",\"versions\":[\"2\",\"1\"],\"platform\":\"quern\",\"inputs\":["
            + "{\"name\":\"age\",\"shape\":[-1,1],\"datatype\":\"INT64\"},"
            + "{\"name\":\"hours\",\"shape\":[-1,1],\"datatype\":\"FP64\"},"
            + "{\"name\":\"city\",\"shape\":[-1,1],\"datatype\":\"BYTES\"},"
            + "{\"name\":\"member\",\"shape\":[-1,1],\"datatype\":\"BOOL\"}],\"outputs\":["
            + "{\"name\":\"score\",\"shape\":[-1,1],\"datatype\":\"FP64\"},"
            + "{\"name\":\"grade\",\"shape\":[-1,1],\"datatype\":\"BYTES\"},"
            + "{\"name\":\"parts\",\"shape\":[-1,-1],\"datatype\":\"FP64\"}]}";
    assertThat(running.get("/v2/models/linear").body()).isEqualTo(golden);
    assertThat(running.get("/v2/models/linear/versions/1").body()).isEqualTo(golden);
  }

  @Test
  void inferEchoesTheIdAndAnswersFlat() throws Exception {
    HttpResponse<String> response = running.infer(VALID);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"model_name\":\"linear\",\"model_version\":\"2\",\"id\":\"42\",\"outputs\":["
                + "{\"name\":\"score\",\"shape\":[1,1],\"datatype\":\"FP64\",\"data\":[100.0]},"
                + "{\"name\":\"grade\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"high\"]},"
                + "{\"name\":\"parts\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[80.0,5.0]}]}");
  }

  @Test
  void theVersionInThePathAnswers() throws Exception {
    HttpResponse<String> response = running.post("/v2/models/linear/versions/1/infer", VALID);
    assertThat(response.body()).contains("\"model_version\":\"1\"");
  }

  @Test
  void requestsWithoutIdGetTextsThatDiffer() throws Exception {
    String without = VALID.replace("\"id\":\"42\",", "");
    String nothing = VALID.replace("\"id\":\"42\"", "\"id\":null");
    Object first = Json.parseObject(running.infer(without).body()).get("id");
    Object second = Json.parseObject(running.infer(nothing).body()).get("id");
    assertThat(first).asString().matches("quern-\\d+");
    assertThat(second).asString().matches("quern-\\d+").isNotEqualTo(first);
  }

  @Test
  void outputsAreAnsweredInTheOrderAskedFor() throws Exception {
    String asked =
        VALID.replace(
            "\"inputs\"", "\"outputs\":[{\"name\":\"grade\"},{\"name\":\"score\"}],\"inputs\"");
    assertThat(names(running.infer(asked).body())).containsExactly("grade", "score");
  }

  @Test
  void nestedAndFlatDataAreTheSame() throws Exception {
    String flat =
        VALID.replace("[1,1]", "[2,1]").replace("[40]", "[40,41]").replace("[10.0]", "[1,2]");
    flat = flat.replace("[\"Delft\"]", "[\"a\",\"b\"]").replace("[true]", "[true,false]");
    String nested = flat.replace("[40,41]", "[[40],[41]]").replace("[1,2]", "[[1],[2]]");
    nested = nested.replace("[\"a\",\"b\"]", "[[\"a\"],[\"b\"]]");
    String vector = flat.replace("[2,1]", "[2]");
    String body = running.infer(flat).body();
    assertThat(body).contains("\"shape\":[2,1],\"datatype\":\"FP64\",\"data\":[91.5,84.0]");
    assertThat(running.infer(nested).body()).isEqualTo(body);
    assertThat(running.infer(vector).body()).isEqualTo(body);
  }

  @Test
  void nullIsAMissingValueForEveryDatatype() throws Exception {
    String nulls = VALID.replaceAll("\"data\":\\[[^\\]]*\\]", "\"data\":[null]");
    assertThat(running.infer(nulls).body())
        .contains("\"name\":\"score\",\"shape\":[1,1],\"datatype\":\"FP64\",\"data\":[0.0]")
        .contains("\"name\":\"grade\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[null]");
  }

  @Test
  void everyFieldAcceptsBytesAsAReaderWouldParseThem() throws Exception {
    String bytes =
        VALID
            .replace("\"INT64\",\"data\":[40]", "\"BYTES\",\"data\":[\" 40 \"]")
            .replace("\"FP64\",\"data\":[10.0]", "\"BYTES\",\"data\":[\"1e1\"]")
            .replace("\"BOOL\",\"data\":[true]", "\"BYTES\",\"data\":[\"TRUE\"]");
    assertThat(running.infer(bytes).body()).contains("\"data\":[100.0]");
    String empty = bytes.replace("\" 40 \"", "\"\"");
    assertThat(running.infer(empty).body()).contains("\"data\":[20.0]");
    HttpResponse<String> wrong = running.infer(bytes.replace("\" 40 \"", "\"forty\""));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(error(wrong))
        .isEqualTo("inputs[0] (age).data[0] must be long; found: 5 bytes, mask aaaaa (not_a_long)");
  }

  @Test
  void textsOutsideAsciiArriveWhole() throws Exception {
    String city = VALID.replace("Delft", "代尔夫特😀");
    assertThat(running.infer(city).body()).contains("\"data\":[100.0]");
  }

  @Test
  void membersMayStandInAnyOrder() throws Exception {
    String other =
        VALID.replace(
            "{\"name\":\"age\",\"shape\":[1,1],\"datatype\":\"INT64\",\"data\":[40]}",
            "{\"data\":[40],\"datatype\":\"INT64\",\"parameters\":{\"a\":[1]},\"shape\":[1,1],\"name\":\"age\"}");
    assertThat(running.infer(other).body()).isEqualTo(running.infer(VALID).body());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "INT8, 127, 264.0",
    "INT16, 32767, 65544.0",
    "INT32, 40, 90.0",
    "UINT8, 255, 520.0",
    "UINT16, 65535, 131080.0",
    "UINT32, 4294967295, 8.5899346E9",
    "UINT64, 40, 90.0",
    "FP32, 40.0, 90.0",
    "FP64, 4e1, 90.0",
  })
  void eachDatatypeReachesALongAtItsLimit(String datatype, String value, String score)
      throws Exception {
    String body = VALID.replace("\"INT64\",\"data\":[40]", type(datatype, value));
    body = body.replace("Delft", "").replace("[10.0]", "[0]");
    assertThat(running.infer(body).body()).contains("\"data\":[" + score + "]");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "INT8 | 128 | must be in [-128, 127] (INT8); found: a number beyond",
        "UINT8 | -1 | must be in [0, 255] (UINT8); found: a number beyond",
        "UINT64 | 18446744073709551615 | must be in [0, 9223372036854775807] (UINT64); found: a number beyond",
        "INT64 | 1.5 | must be a whole number or null; found: a number with a fraction or exponent",
        "INT64 | \"1\" | must be a whole number or null; found: a text",
        "FP64 | 1.5 | must be a whole number of 64 bits; found: another number",
        "FP64 | 1e999 | must be finite (FP64); found: a number too large",
        "FP32 | 1e39 | must be finite (FP32); found: a number too large",
        "BYTES | 40 | must be a text or null; found: a whole number",
        "INT64 | {} | must be a whole number or null; found: an object",
        "INT64 | [] | must hold one value; found: an empty list",
        "INT64 | [1, 2] | must hold one value; found: more",
        "INT64 | [[1]] | must be a whole number or null; found: a list",
      })
  void wrongValuesAreNamedByPlaceAndRule(String datatype, String value, String rule)
      throws Exception {
    String body = VALID.replace("\"INT64\",\"data\":[40]", type(datatype, value));
    HttpResponse<String> response = running.infer(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response)).isEqualTo("inputs[0] (age).data[0] " + rule);
  }

  @Test
  void missingInputsAreListedTogether() throws Exception {
    HttpResponse<String> response =
        running.infer(
            "{\"inputs\":[{\"name\":\"hours\",\"shape\":[1,1],\"datatype\":\"FP64\",\"data\":[1]}]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response))
        .isEqualTo(
            "inputs must hold every input of the model (null = missing value); not found: age,"
                + " city, member");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,1],\"datatype\":\"INT64\" | [1,2],\"datatype\":\"INT64\" | inputs[0].shape must be [N, 1] or [N] with N >= 1; found: [1, 2]",
        "[1,1],\"datatype\":\"INT64\" | [0,1],\"datatype\":\"INT64\" | inputs[0].shape must be [N, 1] or [N] with N >= 1; found: [0, 1]",
        "[1,1],\"datatype\":\"INT64\" | \"2\",\"datatype\":\"INT64\" | inputs[0].shape must be a list of integers: [N, 1] or [N] with N >= 1; found: a text",
        "[1,1],\"datatype\":\"INT64\" | [2,1],\"datatype\":\"INT64\" | inputs[0] (age).data must hold as many values as shape says; found: 1 for 2",
        "\"INT64\" | \"INT65\" | inputs[0].datatype must be one of BOOL, INT8 … INT64, UINT8 … UINT64, FP32, FP64, BYTES; found: INT65",
        "\"INT64\" | \"FP16\" | inputs[0].datatype must be one that JSON can carry; found: FP16; fix: send FP32",
        "\"INT64\" | \"BOOL\" | inputs[0] (age).datatype must be INT*, UINT*, FP32, FP64 or BYTES for long; found: BOOL",
        "\"age\" | \"agee\" | inputs[0].name must be a raw field of the model; found: agee; did you mean 'age'?",
        "\"name\":\"hours\" | \"name\":\"age\" | inputs[1] (age) must be given once; found: twice",
        "\"name\":\"age\", | '' | inputs[0].name must be given; found: nothing",
        "\"inputs\" | \"outputs\":[{\"name\":\"scor\"}],\"inputs\" | outputs[0].name must be an output of the model, named once; found: scor; did you mean 'score'?",
        "\"data\":[40] | \"parameters\":{\"binary_data_size\":8} | inputs[0].parameters must not announce binary data; found: binary_data_size; fix: send JSON data",
        "\"data\":[40] | \"data\":40 | inputs[0] (age).data must be a list; found: a whole number",
        "\"id\":\"42\" | \"id\":42 | id must be a text; found: a whole number",
        "\"inputs\" | \"input\" | inputs must be given; found: nothing",
      })
  void brokenRequestsAreToldWhatToChange(String valid, String broken, String message)
      throws Exception {
    HttpResponse<String> response =
        running.infer(
            VALID.replaceFirst(
                java.util.regex.Pattern.quote(valid),
                java.util.regex.Matcher.quoteReplacement(broken)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(error(response)).isEqualTo(message);
  }

  @Test
  void rowsOfAllInputsMustAgree() throws Exception {
    String body = VALID.replaceFirst("\\[1,1\\]", "[2,1]").replace("[40]", "[40,41]");
    assertThat(error(running.infer(body)))
        .isEqualTo("inputs[1] (hours).shape must begin with 2 as the inputs before; found: 1");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/x-www-form-urlencoded",
      })
  void bodiesAreJsonWhateverCurlCallsThem(String type) throws Exception {
    HttpRequest request =
        running
            .request("/v2/models/linear/infer")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(VALID))
            .build();
    HttpResponse<String> response = running.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(running.infer(VALID).body());
  }

  @Test
  void otherPathsMethodsAndTypesAreRefusedByCode() throws Exception {
    assertThat(running.get("/v2/models/unknown").statusCode()).isEqualTo(404);
    assertThat(running.get("/v2/models/linear/versions/7").statusCode()).isEqualTo(404);
    assertThat(error(running.get("/v2/models/linear/versions/7")))
        .isEqualTo("version must be served; found: none of that name; served: 2, 1");
    assertThat(running.get("/").statusCode()).isEqualTo(404);
    assertThat(running.get("/v2/models/linear/stats").statusCode()).isEqualTo(404);
    HttpResponse<String> method = running.get("/v2/models/linear/infer");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).contains("POST");
    HttpRequest csv =
        running
            .request("/v2/models/linear/infer")
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString("1"))
            .build();
    assertThat(running.send(csv).statusCode()).isEqualTo(415);
    HttpRequest binary =
        running
            .request("/v2/models/linear/infer")
            .header("Inference-Header-Content-Length", "10")
            .POST(HttpRequest.BodyPublishers.ofString(VALID))
            .build();
    assertThat(running.send(binary).statusCode()).isEqualTo(415);
  }

  @Test
  void bodiesBeyondTheLimitAreRefusedAnnouncedOrNot() throws Exception {
    byte[] large = new byte[(1 << 20) + 1];
    java.util.Arrays.fill(large, (byte) ' ');
    HttpRequest announced =
        running
            .request("/v2/models/linear/infer")
            .POST(HttpRequest.BodyPublishers.ofByteArray(large))
            .build();
    assertThat(running.send(announced).statusCode()).isEqualTo(413);
    HttpRequest chunked =
        running
            .request("/v2/models/linear/infer")
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();
    assertThat(running.send(chunked).statusCode()).isEqualTo(413);
  }

  @Test
  void aFailureInsideIsToldByAnIdAndWithoutItsMessage() throws Exception {
    HttpResponse<String> response = running.infer(VALID.replace("Delft", "explode"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(error(response)).matches("the server failed; its log tells more under failure-\\d+");
    assertThat(running.log).anyMatch(line -> line.contains("LinearModel.cityPart"));
    assertThat(running.log).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void deepNestingAndLongNumbersAreRefused() throws Exception {
    String deep = VALID.replace("[40]", "[".repeat(100_000));
    assertThat(running.infer(deep).statusCode()).isEqualTo(400);
    String ignored = VALID.replace("\"id\":\"42\"", "\"other\":" + "[".repeat(100_000));
    assertThat(running.infer(ignored).statusCode()).isEqualTo(400);
    String number = VALID.replace("[40]", "[" + "9".repeat(100_000) + "]");
    assertThat(running.infer(number).statusCode()).isEqualTo(400);
  }

  @Test
  void mutatedBodiesNeverKillTheServerOrPassAsTheirOriginal() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    byte[] valid = VALID.getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] mutated = mutate(valid, random);
      HttpRequest request =
          running
              .request("/v2/models/linear/infer")
              .POST(HttpRequest.BodyPublishers.ofByteArray(mutated))
              .build();
      HttpResponse<String> response = running.send(request);
      assertThat(response.statusCode()).as("mutation %s", i).isIn(200, 400);
      if (response.statusCode() == 400) {
        refused++;
        assertThat(error(response)).isNotEmpty();
      }
    }
    assertThat(refused).isGreaterThan(500);
    assertThat(running.infer(VALID).statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestThatIsNoHttpLeavesTheServerAlive() throws Exception {
    for (String garbage : List.of("\0\0\0\n\n", "POST\r\n\r\n", "GET / HTTP/9.9\r\n\r\n")) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(garbage.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    }
    assertThat(running.get("/v2/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsCountCallsAndSamples() throws Exception {
    try (RunningServer fresh = RunningServer.standard()) {
      fresh.infer(VALID);
      fresh.infer(VALID.replace("[1,1]", "[2,1]"));
      String text = fresh.get("/metrics").body();
      assertThat(text)
          .contains(
              "quern_inference_requests_total{model=\"linear\",version=\"2\",outcome=\"success\"} 1\n")
          .contains(
              "quern_inference_requests_total{model=\"linear\",version=\"2\",outcome=\"failure\"} 1\n")
          .contains("quern_inferences_total{model=\"linear\",version=\"2\"} 1\n")
          .contains(
              "quern_inference_duration_seconds_bucket{model=\"linear\",version=\"2\",le=\"+Inf\"} 1\n")
          .contains("quern_inference_duration_seconds_count{model=\"linear\",version=\"2\"} 1\n")
          .contains("quern_model_state{model=\"linear\",version=\"1\"} 1\n")
          .contains("nv_inference_count{model=\"linear\",version=\"2\"} 1\n")
          .contains("quern_build_info{version=\"9.9\",")
          .contains("quern_run_cpu_seconds{recipe=\"linear\"} 1.5\n")
          .containsPattern("process_cpu_seconds_total [0-9]")
          .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"} [1-9]")
          .contains("jvm_gc_collection_seconds_count{gc=\"");
      // Triton's names are what its dashboards ask for, whatever Prometheus recommends.
      assertThat(PrometheusLint.problems(text)).allMatch(problem -> problem.startsWith("nv_"));
    }
  }

  @Test
  void aFullQueueAnswers429AndDrainingFinishesWhatIsInFlight() throws Exception {
    ServerOptions one = new ServerOptions("9.9", 1, 0, 1 << 20, Duration.ofSeconds(10));
    RunningServer small = new RunningServer(one);
    small.model.gate = new CountDownLatch(1);
    small.model.entered = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> slow =
        small
            .client()
            .sendAsync(
                small
                    .request("/v2/models/linear/infer")
                    .POST(HttpRequest.BodyPublishers.ofString(VALID))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(small.model.entered.await(10, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> full = small.infer(VALID);
    assertThat(full.statusCode()).isEqualTo(429);
    assertThat(full.headers().firstValue("Retry-After")).contains("1");

    Thread closing = new Thread(small::close);
    closing.start();
    HttpResponse<String> ready = small.get("/v2/health/ready");
    while (ready.statusCode() == 200) {
      ready = small.get("/v2/health/ready");
    }
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(small.infer(VALID).statusCode()).isEqualTo(503);
    small.model.gate.countDown();
    assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closing.join(10_000);
    assertThat(closing.isAlive()).isFalse();
  }

  private static String type(String datatype, String value) {
    return "\"" + datatype + "\",\"data\":[" + value + "]";
  }

  private static byte[] mutate(byte[] valid, SplittableRandom random) {
    byte[] mutated = valid.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(3)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated = java.util.Arrays.copyOf(mutated, Math.max(1, at));
        default -> mutated[at] = valid[random.nextInt(valid.length)];
      }
    }
    return mutated;
  }

  private static List<String> names(String body) {
    return Json.list(Json.parseObject(body).get("outputs")).stream()
        .map(output -> String.valueOf(Json.object(output).get("name")))
        .toList();
  }

  private static String error(HttpResponse<String> response) {
    Map<String, Object> body = Json.parseObject(response.body());
    return String.valueOf(body.get("error"));
  }
}
