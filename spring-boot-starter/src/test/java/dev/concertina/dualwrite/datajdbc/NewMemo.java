package dev.concertina.dualwrite.datajdbc;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A row of the new structure.
 *
 * @param id its key
 * @param text what it says
 */
@Table("note_new")
record NewMemo(@Id Long id, String text) {

}
