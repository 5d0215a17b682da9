"""Letters to suppliers: their dated templates, what is due to be written, the PDF/UA made in the background."""
