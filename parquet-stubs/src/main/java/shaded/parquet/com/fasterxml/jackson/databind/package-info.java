/**
 * Stand-ins for the JSON library that Parquet carries: its footers make a mapper when their class
 * is loaded and use it only to print themselves, and that mapper takes longer to make than a small
 * file to read.
 */
package shaded.parquet.com.fasterxml.jackson.databind;
