import { AppError, type ErrorCode } from '#platform/errors/error.ts'

type Words = { code: ErrorCode; zh: string; en: string }

const refusal = (code: ErrorCode, zh: string, en: string): Words => ({ code, zh, en })

/**
 * Why a file or a table is refused, in words for the person who sent it, always with the remedy.
 * `{row}`, `{column}` and the like stand for the fact of that name in `AppError.detail.facts`.
 */
export const tableRefusals = {
  file_missing: refusal(
    'not_found',
    '找不到这个文件，请重新选择。',
    'The file cannot be found. Choose it again.',
  ),
  file_unreadable: refusal(
    'bad_input',
    '没有读取这个文件的权限，请换一个位置或修改权限后再试。',
    'The file may not be read here. Move it or change its permissions, then try again.',
  ),
  file_is_folder: refusal(
    'bad_input',
    '这是一个文件夹（旧版 Numbers 表格也是文件夹），请选择其中的表格文件，或另存为 .xlsx 或 CSV。',
    'This is a folder (old Numbers documents are folders too). Choose a file, or save the table as .xlsx or CSV.',
  ),
  file_empty: refusal(
    'bad_input',
    '文件是空的，请确认选对了文件，再重新导出。',
    'The file is empty. Check that it is the right one and export it again.',
  ),
  file_is_old_excel: refusal(
    'bad_input',
    '这是旧版 Excel（.xls）或 WPS（.et）格式，请打开后另存为 .xlsx 或 CSV。',
    'This is the old Excel (.xls) or WPS (.et) format. Open it and save it as .xlsx or CSV.',
  ),
  file_is_protected: refusal(
    'bad_input',
    '文件设了打开密码，请去掉密码后另存为 .xlsx 或 CSV。',
    'The file has a password. Remove it and save the file as .xlsx or CSV.',
  ),
  file_is_binary_excel: refusal(
    'bad_input',
    '这是 Excel 二进制格式（.xlsb），请打开后另存为 .xlsx 或 CSV。',
    'This is a binary Excel workbook (.xlsb). Open it and save it as .xlsx or CSV.',
  ),
  file_is_numbers: refusal(
    'bad_input',
    '这是 Numbers 表格，请在 Numbers 里导出为 .xlsx 或 CSV。',
    'This is a Numbers document. Export it from Numbers as .xlsx or CSV.',
  ),
  file_is_open_document: refusal(
    'bad_input',
    '这是 OpenDocument 表格（.ods），请打开后另存为 .xlsx 或 CSV。',
    'This is an OpenDocument spreadsheet (.ods). Open it and save it as .xlsx or CSV.',
  ),
  file_is_pdf: refusal(
    'bad_input',
    '这是 PDF 文件，不能当表格读取。请找到原来的表格，另存为 .xlsx 或 CSV。',
    'This is a PDF, which cannot be read as a table. Find the original and save it as .xlsx or CSV.',
  ),
  file_is_web_page: refusal(
    'bad_input',
    '这其实是网页（有些系统导出的 .xls 就是网页），请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV。',
    'This is really a web page (some systems export such files as .xls). Open it in Excel or WPS and save it as .xlsx or CSV.',
  ),
  file_is_xml: refusal(
    'bad_input',
    '这是 XML 文件（如“XML 电子表格 2003”），请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV。',
    'This is an XML file (such as an XML Spreadsheet 2003). Open it in Excel or WPS and save it as .xlsx or CSV.',
  ),
  file_is_document: refusal(
    'bad_input',
    '这是文字文档或演示文稿，请把其中的表格复制到 Excel 或 WPS，另存为 .xlsx 或 CSV。',
    'This is a text document or a presentation. Copy its table into Excel or WPS and save it as .xlsx or CSV.',
  ),
  file_is_picture: refusal(
    'bad_input',
    '这是图片，不能当表格读取。请找到原来的表格，另存为 .xlsx 或 CSV。',
    'This is a picture, which cannot be read as a table. Find the original and save it as .xlsx or CSV.',
  ),
  file_is_archive: refusal(
    'bad_input',
    '压缩包里没有 .xlsx 或 CSV 表格。请放进一份表格，或解压后选择其中的表格。',
    'This archive holds no .xlsx or CSV table. Put one in, or unpack it and choose the table.',
  ),
  bundle_broken: refusal(
    'bad_input',
    '压缩包不完整或已损坏，请重新打包成 .zip。',
    'The zip is incomplete or damaged. Pack it again.',
  ),
  bundle_encrypted: refusal(
    'bad_input',
    '压缩包里的“{name}”设了密码，请去掉密码后重新打包。',
    '“{name}” in the zip has a password. Pack it again without one.',
  ),
  bundle_path_unsafe: refusal(
    'bad_input',
    '压缩包里的“{name}”指向包外，请重新打包。',
    '“{name}” points outside of the zip. Pack it again.',
  ),
  bundle_too_large: refusal(
    'too_large',
    '压缩包里的文件太大、太多，或压缩得异常厉害，请分成几个包。',
    'The files in the zip are too large, too many, or compressed beyond reason. Split it.',
  ),
  bundle_tables_several: refusal(
    'bad_input',
    '压缩包里有几份表格（{names}），请只留一份，附件里的表格放进文件夹。',
    'The zip has several tables ({names}). Leave one; put tables that are attachments into a folder.',
  ),
  file_is_no_table: refusal(
    'bad_input',
    '认不出这种文件。请用 Excel 或 WPS 打开后另存为 .xlsx 或 CSV。',
    'This kind of file is not known. Open it in Excel or WPS and save it as .xlsx or CSV.',
  ),
  table_empty: refusal(
    'bad_input',
    '表格里没有内容。第一个非空行应当是标题行；如果内容在别的工作表，请选择那一张。',
    'The table is empty. Its first row must hold the column titles; if the data is on another sheet, choose that one.',
  ),
  encoding_unknown: refusal(
    'bad_input',
    '不支持编码“{wanted}”，可选 UTF-8、GB18030 或 UTF-16，也可以让系统自动识别。',
    'The encoding “{wanted}” is not known. Choose UTF-8, GB18030 or UTF-16, or leave it to be found out.',
  ),
  separator_unknown: refusal(
    'bad_input',
    '不支持分隔符“{wanted}”，可选逗号、分号、制表符或竖线，也可以让系统自动识别。',
    'The separator “{wanted}” is not known. Choose comma, semicolon, tab or bar, or leave it to be found out.',
  ),
  sheet_missing: refusal(
    'bad_input',
    '文件里没有名为“{sheet}”的工作表，请重新选择。',
    'The file has no sheet named “{sheet}”. Choose another one.',
  ),
  text_undecodable: refusal(
    'bad_input',
    '第 {row} 行有无法按 {encoding} 读出的字符。请换一种文件编码再试，或另存为 .xlsx。',
    'Row {row} has characters that are not {encoding}. Choose another encoding, or save the file as .xlsx.',
  ),
  quote_unclosed: refusal(
    'bad_input',
    '从第 {row} 行开始有一个双引号没有配对。请补上或删去它，或另存为 .xlsx。',
    'A double quote opened in row {row} is never closed. Close or remove it, or save the file as .xlsx.',
  ),
  quote_misplaced: refusal(
    'bad_input',
    '第 {row} 行的双引号位置不对。内容里有双引号时，整格要用双引号括起，其中的双引号写两遍；也可以另存为 .xlsx。',
    'Row {row} has a double quote in the wrong place. A cell with quotes must be quoted whole and its quotes doubled; or save the file as .xlsx.',
  ),
  row_too_long: refusal(
    'bad_input',
    '第 {row} 行太长，多半是双引号没有配对或没有换行。请检查这一行，或另存为 .xlsx。',
    'Row {row} is too long; a double quote is probably left open, or line breaks are missing. Check it, or save the file as .xlsx.',
  ),
  columns_too_many: refusal(
    'bad_input',
    '第 {row} 行超过 {limit} 列，请删去不用的列。',
    'Row {row} has more than {limit} columns. Delete those that are not needed.',
  ),
  cell_too_long: refusal(
    'bad_input',
    '第 {row} 行第 {column} 列超过 {limit} 个字符，请缩短内容。导出时可改用 CSV。',
    'Row {row}, column {column} has more than {limit} characters. Shorten it; when exporting, use CSV.',
  ),
  xlsx_broken: refusal(
    'bad_input',
    '.xlsx 文件不完整或已损坏。请用 Excel 或 WPS 打开，重新另存为 .xlsx 或 CSV。',
    'The .xlsx file is incomplete or damaged. Open it in Excel or WPS and save it again as .xlsx or CSV.',
  ),
  xlsx_too_large: refusal(
    'too_large',
    '文件解压后超过 {limit} 字节，或压缩得异常厉害。请删去不用的工作表和行，或分成几个文件。',
    'Unpacked, the file has more than {limit} bytes, or it is compressed beyond reason. Delete sheets and rows that are not needed, or split the file.',
  ),
  rows_too_many: refusal(
    'bad_input',
    '一张 .xlsx 工作表最多 {limit} 行，请缩小范围，或改用 CSV。',
    'An .xlsx sheet holds {limit} rows at most. Narrow the selection, or use CSV.',
  ),
} as const

export type TableReason = keyof typeof tableRefusals

/** A refusal of a file or table; `facts` fill the words of `tableRefusals`. */
export const refuse = (reason: TableReason, facts: Record<string, unknown> = {}) =>
  new AppError(tableRefusals[reason].code, reason, { facts })
