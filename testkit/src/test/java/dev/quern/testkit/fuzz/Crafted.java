package dev.quern.testkit.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** A Parquet file of one column made byte by byte, so that it can say what no writer would. */
public final class Crafted {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Type type;
  private final FieldRepetitionType repetition;

  /** Rows that the footer claims. */
  public long rows = 3;

  /** How pages claim to be compressed. */
  public CompressionCodec codec = CompressionCodec.UNCOMPRESSED;

  private long dictionary = -1;
  private long data = -1;

  /** Begins a file with a column of {@code type}. */
  public Crafted(Type type, FieldRepetitionType repetition) {
    this.type = type;
    this.repetition = repetition;
    bytes("PAR1".getBytes(StandardCharsets.US_ASCII));
  }

  void bytes(byte[] bytes) {
    out.writeBytes(bytes);
  }

  /** Appends a dictionary that claims to hold {@code values}. */
  public Crafted dictionary(int values, byte[] content) throws IOException {
    dictionary = out.size();
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, content.length, content.length);
    header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
    Util.writePageHeader(header, out);
    bytes(content);
    return this;
  }

  /** Appends a page that claims to hold {@code values} in {@code raw} bytes. */
  public Crafted page(int values, Encoding encoding, int raw, byte[] content) throws IOException {
    data = data < 0 ? out.size() : data;
    PageHeader header = new PageHeader(PageType.DATA_PAGE, raw, content.length);
    header.setData_page_header(new DataPageHeader(values, encoding, Encoding.RLE, Encoding.RLE));
    Util.writePageHeader(header, out);
    bytes(content);
    return this;
  }

  /** Appends a page that claims to hold {@code values}. */
  public Crafted page(int values, Encoding encoding, byte[] content) throws IOException {
    return page(values, encoding, content.length, content);
  }

  /** Appends a page of the second form, of optional values that are all there. */
  public Crafted pageV2(int values, Encoding encoding, byte[] levels, byte[] content)
      throws IOException {
    data = data < 0 ? out.size() : data;
    int length = levels.length + content.length;
    PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, length, length);
    DataPageHeaderV2 second = new DataPageHeaderV2(values, 0, values, encoding, levels.length, 0);
    second.setIs_compressed(false);
    header.setData_page_header_v2(second);
    Util.writePageHeader(header, out);
    bytes(levels);
    bytes(content);
    return this;
  }

  /** Returns {@code file} with pages that have no checksums, so that what follows them is met. */
  public static byte[] withoutChecksums(byte[] file) throws IOException {
    int footer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    FileMetaData meta =
        Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - footer, footer));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    for (RowGroup group : meta.getRow_groups()) {
      for (ColumnChunk chunk : group.getColumns()) {
        ColumnMetaData column = chunk.getMeta_data();
        boolean coded = column.isSetDictionary_page_offset();
        long from = coded ? column.getDictionary_page_offset() : column.getData_page_offset();
        ByteArrayInputStream in =
            new ByteArrayInputStream(file, (int) from, (int) column.getTotal_compressed_size());
        long start = out.size();
        long dataStart = -1;
        while (in.available() > 0) {
          PageHeader header = Util.readPageHeader(in);
          header.unsetCrc();
          boolean data = header.getType() != PageType.DICTIONARY_PAGE;
          dataStart = data && dataStart < 0 ? out.size() : dataStart;
          Util.writePageHeader(header, out);
          out.writeBytes(in.readNBytes(header.getCompressed_page_size()));
        }
        if (coded) {
          column.setDictionary_page_offset(start);
        }
        column.setData_page_offset(dataStart);
        column.setTotal_compressed_size(out.size() - start);
        chunk.unsetColumn_index_offset();
        chunk.unsetOffset_index_offset();
      }
    }
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, end);
    return concat(
        out.toByteArray(),
        end.toByteArray(),
        little(end.size()),
        "PAR1".getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends a header as it stands. */
  public Crafted rawPage(byte[] header) {
    data = data < 0 ? out.size() : data;
    bytes(header);
    return this;
  }

  /** Ends the file. */
  public byte[] file() throws IOException {
    SchemaElement root = new SchemaElement("m");
    root.setNum_children(1);
    SchemaElement column = new SchemaElement("x");
    column.setType(type);
    column.setType_length(4);
    column.setRepetition_type(repetition);
    ColumnMetaData meta =
        new ColumnMetaData(
            type,
            List.of(Encoding.PLAIN),
            List.of("x"),
            codec,
            rows,
            out.size() - 4,
            out.size() - 4,
            data);
    if (dictionary >= 0) {
      meta.setDictionary_page_offset(dictionary);
    }
    ColumnChunk chunk = new ColumnChunk(0);
    chunk.setMeta_data(meta);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(
        new FileMetaData(
            1,
            List.of(root, column),
            rows,
            List.of(new RowGroup(List.of(chunk), out.size() - 4, rows))),
        footer);
    return file(footer.toByteArray());
  }

  /** Returns a file without rows whose one field is a value in {@code levels} structs. */
  public static byte[] nested(int levels) throws IOException {
    List<SchemaElement> elements = new ArrayList<>();
    for (int i = 0; i <= levels; i++) {
      SchemaElement group = new SchemaElement("g" + i);
      group.setNum_children(1);
      group.setRepetition_type(FieldRepetitionType.OPTIONAL);
      elements.add(group);
    }
    SchemaElement leaf = new SchemaElement("x");
    leaf.setType(Type.INT32);
    leaf.setRepetition_type(FieldRepetitionType.OPTIONAL);
    elements.add(leaf);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(new FileMetaData(1, elements, 0, List.of()), footer);
    return new Crafted(Type.INT32, FieldRepetitionType.REQUIRED).file(footer.toByteArray());
  }

  /** Ends the file with any footer. */
  public byte[] file(byte[] footer) {
    bytes(footer);
    bytes(little(footer.length));
    bytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** Returns numbers of 32 bits as files store them. */
  public static byte[] little(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  /** Returns {@code parts} one behind the other. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Returns {@code numbers} as Thrift and deltas write them: 7 bits a byte. */
  public static byte[] varints(long... numbers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (long number : numbers) {
      long left = number;
      while ((left & ~0x7fL) != 0) {
        all.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      all.write((int) left);
    }
    return all.toByteArray();
  }
}
